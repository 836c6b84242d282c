"""Reading stored bytes. Whoever asks has read the row that names them, in scope."""

import hmac

from gantang.files.errors import BrokenFileError, MissingFileError
from gantang.files.store import path_of
from gantang.kit import crypto


def read(name: str) -> bytes:
    """The bytes of a name, checked against it. Errors: MissingFileError; BrokenFileError if the disk
    changed them."""
    try:
        data = path_of(name).read_bytes()
    except FileNotFoundError:
        raise MissingFileError from None
    stored = bytes.fromhex(name)
    if not hmac.compare_digest(stored, crypto.mac("files", data, suite=crypto.suite_of(stored))):
        raise BrokenFileError(details={"type": "stored"})
    return data


def exists(name: str) -> bool:
    """Whether bytes of this name are stored."""
    try:
        return path_of(name).exists()
    except MissingFileError:
        return False
