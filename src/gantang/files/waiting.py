"""Uploads that come in pieces over a bad connection: each piece is sealed for its own place and stored like
any other file, and nothing refers to it. What is not asked for within two days is swept away."""

from collections.abc import Iterator, Sequence

from gantang.files import queries
from gantang.files.errors import MissingFileError
from gantang.files.full import told_full
from gantang.files.spool import Spool
from gantang.kit import crypto
from gantang.kit.pieces import Opened, seal, sealed_size

#: A piece is small enough for a connection that lasts seconds.
MOST = 256 * 1024
PURPOSE = "files waiting"


def sealed(place: str, n: int, data: bytes) -> tuple[Iterator[bytes], int]:
    """The piece as it is stored, and its size; it opens at its own place only."""
    return seal(crypto.derive(PURPOSE), [data], _aad(place, n)), sealed_size(len(data))


def whole(place: str, names: Sequence[str]) -> Spool:
    """The pieces of a place put together, in their order. Errors: MissingFileError, NoRoomError,
    StoreAwayError."""
    found = Spool()
    for n, name in enumerate(names):
        if not queries.exists(name):
            raise MissingFileError
        opened = Opened(crypto.derive(PURPOSE), queries.opened(name), _aad(place, n))
        with told_full():
            for piece in opened.pieces():
                found.write(piece)
    found.seek(0)
    return found


def _aad(place: str, n: int) -> bytes:
    return f"{place}/{n}".encode()
