"""One checkpoint: what is signed, how it is chained, how it is written on a line of a file."""

import json
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from gantang.kit import crypto, signing
from gantang.kit.canonical import canonical

#: The city whose checkpoints cover what is kept sealed: they hold a commitment and no figures.
SEALED = 0
_RAW = frozenset({"root", "previous", "dropped", "signature"})


@dataclass(frozen=True, slots=True)
class Line:
    """A checkpoint. ``root`` and ``previous`` begin with the byte of their suite; ``previous`` is the hash
    of the city's checkpoint before. ``accepted`` says that somebody answered for what did not fit then, and
    ``dropped`` names the last of the checkpoints that were given up (after an older backup came back)."""

    city: int
    no: int
    day: date
    streams: int
    steps: int
    root: bytes
    previous: bytes
    made_at: datetime
    accepted: bool = False
    dropped: bytes = b""
    signer: str = ""
    key: str = ""
    signature: bytes = b""

    @property
    def spelled(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"v": 1, **_plain(replace(self, signer="", key="", signature=b""))})

    @property
    def hash(self) -> bytes:
        """What the next one chains to: over all of it, the signature too, in the suite of its root."""
        suite = crypto.suite_of(self.root)
        whole = canonical({"v": 1, **_plain(self)})
        return crypto.marked(suite, crypto.plain_hash(whole, suite=suite))

    def signed(self) -> "Line":
        """The same under our signature."""
        made = signing.sign(self.spelled)
        return replace(self, signer=made.signer, key=made.key, signature=made.value)

    def holds(self) -> bool:
        """Whether one of our keys signed just this."""
        return signing.holds(self.spelled, signing.Signature(self.signer, self.key, self.signature))

    def as_json(self) -> str:
        """One line of a file."""
        return canonical(_plain(self)).decode()


NAMES = tuple(field.name for field in fields(Line))


def from_json(text: str) -> Line:
    """What ``as_json`` wrote. Errors: ValueError, TypeError, KeyError where it is none."""
    told: dict[str, Any] = json.loads(text)
    told = {name: bytes.fromhex(value) if name in _RAW else value for name, value in told.items()}
    told["day"] = date.fromisoformat(told["day"])
    told["made_at"] = datetime.fromisoformat(told["made_at"])
    return Line(**told)


def from_row(row: tuple[Any, ...]) -> Line:
    """A row with the columns ``NAMES``."""
    return Line(**dict(zip(NAMES, row, strict=True)))


def _plain(line: Line) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in NAMES}
    return {name: value.hex() if name in _RAW else value for name, value in told.items()}
