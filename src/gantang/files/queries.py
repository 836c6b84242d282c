"""Reading stored bytes. Whoever asks has read the row that names them, in scope."""

import hmac
from contextlib import suppress

from gantang.files.errors import BrokenFileError, MissingFileError
from gantang.files.store import checked, stores
from gantang.kit import crypto
from gantang.kit.pieces import Content


def opened(name: str) -> Content:
    """The bytes of a name, to be read piece by piece; what sealed them shows whether they are true. Errors:
    MissingFileError, StoreAwayError."""
    checked(name)
    for one in stores():
        with suppress(MissingFileError):
            return one.open(name)
    raise MissingFileError


def read(name: str) -> bytes:
    """The bytes of a name, checked against it. Errors: MissingFileError, StoreAwayError; BrokenFileError if
    the disk changed them."""
    data = b"".join(opened(name).pieces())
    stored = bytes.fromhex(name)
    if not hmac.compare_digest(stored, crypto.mac("files", data, suite=crypto.suite_of(stored))):
        raise BrokenFileError(details={"type": "stored"})
    return data


def exists(name: str) -> bool:
    """Whether bytes of this name are stored."""
    return any(one.exists(name) for one in stores())
