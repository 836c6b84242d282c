"""How steps are spelled and chained. Pure: the keyed hash is passed in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from gantang.kit.canonical import coded, moment
from gantang.ledger.errors import TextInStepError

_NAMESPACE = UUID("5d0e3c1c-5b0b-5a4e-9f7e-3f1d6a2c9b10")
_LONGEST = 200


def stream_of(kind: str, key: object) -> UUID:
    """The stream of a thing that is no matter: always the same for the same kind and key (``"remit",
    12``)."""
    return uuid5(_NAMESPACE, f"{kind}:{key}")


class Link(NamedTuple):
    """What a step's hash is taken over, beside the hash before it."""

    city: int
    id: UUID
    stream: UUID
    seq: int
    kind: str
    name: str
    data: Mapping[str, Any]
    client: str
    account: int | None
    post: int | None
    happened_at: datetime

    def spelled(self, seq: int | None = None) -> bytes:
        """The bytes that are chained; ``seq`` replaces the step's own place (to find where it once stood)."""
        place = self.seq if seq is None else seq
        ids, at = (str(self.id), str(self.stream)), moment(self.happened_at)
        who = [self.client, self.account, self.post]
        return coded([self.city, *ids, place, self.kind, self.name, self.data, who, at])


Row = tuple[Link, bytes]


def check_data(data: Any, path: str = "data") -> None:
    """Refuse what must not or cannot be chained: text, floats, odd keys. Errors: TextInStepError."""
    if not _is_sound(data):
        _tell(data, path)


def _is_sound(data: Any) -> bool:
    """The same, quickly, for the plain types that steps are made of; ``_tell`` looks again at the rest."""
    kind = type(data)
    if kind is str:
        return _is_code(data)
    if kind in _SIMPLE:
        return True
    if kind is dict:
        return all(map(_is_key, data)) and all(map(_is_sound, data.values()))
    return (kind is list or kind is tuple) and all(map(_is_sound, data))


_SIMPLE = frozenset({type(None), int, bool})


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST and text.isascii() and text.isprintable()


@lru_cache(maxsize=1024)
def _is_key(key: Any) -> bool:
    """Keys are few, and come again in every step."""
    return type(key) is str and _is_code(key)


def _tell(data: Any, path: str) -> None:
    if data is None or isinstance(data, (bool, int)):
        return
    if isinstance(data, str):
        if not _is_code(data):
            raise TextInStepError(f"{path}: no code but a text of {len(data)} characters")
    elif isinstance(data, (Mapping, list, tuple)):
        for place, value in _members(data):
            _tell(value, f"{path}.{place}")
    else:
        raise TextInStepError(f"{path}: a step cannot hold {type(data).__name__}")


def _members(data: Mapping[Any, Any] | Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    if not isinstance(data, Mapping):
        yield from enumerate(data)
        return
    for key, value in data.items():
        if not isinstance(key, str) or not _is_code(key):
            raise TextInStepError("a key of a step's data is no code")
        yield key, value


def was_reordered(rows: Sequence[Row], follows: Callable[[Link, bytes, bytes, int], bool]) -> bool:
    """Whether all rows of a stream, in some other order, make a whole chain: nothing was changed but places.

    ``follows(link, before, stored, seq)`` says whether a step's stored hash is right after ``before`` at
    ``seq``.
    """
    left, before = list(rows), b""
    for seq in range(1, len(rows) + 1):
        found = next((row for row in left if follows(row[0], before, row[1], seq)), None)
        if found is None:
            return False
        left.remove(found)
        before = found[1]
    return True
