"""A full disk, told as what it means."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from gantang.files.errors import NoRoomError

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def told_full() -> Iterator[None]:
    """In the block a disk that takes no more is a NoRoomError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoomError from error
        raise
