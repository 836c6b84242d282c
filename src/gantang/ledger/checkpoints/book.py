"""Where checkpoints stand: rows in the database, and a file beside the keys that a restored database cannot
bring back in time."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

from gantang.kit import signing
from gantang.ledger.checkpoints.line import NAMES, Line, from_json, from_row
from gantang.ledger.errors import CheckpointFileError
from gantang.ledger.snapshot import Link

FILE = "checkpoints.jsonl"
_KEYS = "keys"
_COLUMNS = ", ".join(NAMES)
_ROWS = f"SELECT {_COLUMNS} FROM ledger_checkpoint WHERE city = %s ORDER BY no"  # noqa: S608
_LAST = f"SELECT {_COLUMNS} FROM ledger_checkpoint WHERE city = %s ORDER BY no DESC LIMIT 1"  # noqa: S608
_ADD = f"INSERT INTO ledger_checkpoint ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(NAMES))})"  # noqa: S608

_OPENING = "UPDATE ledger_checkpoint SET kept = CASE WHEN no = %s THEN %s END WHERE city = %s"


def rows(link: Link, city: int) -> Iterator[Line]:
    """A city's checkpoints as the database has them."""
    return (from_row(row) for row in link.execute(_ROWS, [city]).fetchall())


def last(link: Link, city: int) -> Line | None:
    """A city's last checkpoint in the database."""
    row = link.execute(_LAST, [city]).fetchone()
    return from_row(row) if row else None


def add(link: Link, line: Line) -> None:
    """Write a row."""
    link.execute(_ADD, [getattr(line, name) for name in NAMES])


def keep_opening(link: Link, line: Line, kept: bytes) -> None:
    """Keep what opens a line's root; what opened the ones before goes."""
    link.execute(_OPENING, [line.no, kept, line.city])


def opens(link: Link, city: int, no: int) -> bytes | None:
    """What opens a line's root."""
    row = link.execute(
        "SELECT kept FROM ledger_checkpoint WHERE city = %s AND no = %s", [city, no]
    ).fetchone()
    return row[0] if row else None


def mend(link: Link, city: int, lines: Sequence[Line], kept: Sequence[Line]) -> list[Line]:
    """Put rows that are missing between others, or are not ours, back from the file; the rows then."""
    here = {line.no: line for line in lines if line.holds()}
    there = {line.no: line for line in kept if line.holds()}
    for no in range(1, lines[-1].no + 1 if lines else 1):
        if no not in here and no in there:
            link.execute("DELETE FROM ledger_checkpoint WHERE city = %s AND no = %s", [city, no])
            add(link, there[no])
    return list(rows(link, city))


def path() -> Path:
    """The file beside the keys."""
    return Path(settings.GANTANG_KEYS_DIR) / FILE


def kept(city: int) -> list[Line]:
    """A city's lines of the file beside the keys, in the order of writing; none where there is no file."""
    return [line for line in read(path()) if line.city == city] if path().exists() else []


def keep(line: Line) -> None:
    """Append a line to the file beside the keys, durably; a line that broke off before goes."""
    _mend(path())
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with open(os.open(path(), flags, 0o600), "a", encoding="ascii") as file:
        file.write(line.as_json() + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(place: Path) -> list[Line]:
    """The lines of a file. A last line that broke off is left out: it was never whole.

    Errors: CheckpointFileError for a line that is no checkpoint.
    """
    texts = place.read_text(encoding="ascii").split("\n")
    whole, _broken = texts[:-1], texts[-1]
    return [_line(place, number, text) for number, text in enumerate(whole, start=1) if _tells(text)]


def write(place: Path, lines: Iterable[Line]) -> int:
    """Write lines to a new file behind the public keys that they can be checked with; how many."""
    keys = {name: key.hex() for name, key in signing.public_keys().items()}
    texts = [line.as_json() + "\n" for line in lines]
    place.write_text(json.dumps({_KEYS: keys}) + "\n" + "".join(texts), encoding="ascii")
    return len(texts)


def _tells(text: str) -> bool:
    """Keys are for whoever checks without us; we trust our own alone."""
    return bool(text.strip()) and not text.startswith(f'{{"{_KEYS}":')


def _mend(place: Path) -> None:
    if place.exists() and not (told := place.read_bytes()).endswith(b"\n"):
        os.truncate(place, told.rfind(b"\n") + 1)


def _line(place: Path, number: int, text: str) -> Line:
    try:
        return from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CheckpointFileError(details={"file": place.name, "line": number}) from None
