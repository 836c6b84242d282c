"""Whether stored bytes are what they were: a name is their keyed hash, so no other key is needed."""

import hmac
from collections.abc import Iterable, Iterator

from gantang.files import queries
from gantang.files.errors import MissingFileError
from gantang.files.types import Fault
from gantang.kit import crypto


def verify(names: Iterable[str]) -> Iterator[Fault | None]:
    """For each name what is wrong with its bytes, or None; they are read piece by piece. Errors:
    StoreAwayError."""
    for name in names:
        yield _fault(name)


def _fault(name: str) -> Fault | None:
    try:
        content = queries.opened(name)
        work = crypto.Mac("files", size=content.size, suite=crypto.suite_of(bytes.fromhex(name)))
        for piece in content.pieces():
            work.update(piece)
    except MissingFileError:
        return Fault(name, "missing")
    return None if hmac.compare_digest(work.value().hex(), name) else Fault(name, "changed")
