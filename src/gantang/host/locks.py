"""File locks that the kernel gives back when their holder ends, however it ends."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """A lock on one file; children do not inherit it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Take the lock; False when another process holds it and ``wait`` is off."""
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self._file, kind)
        except BlockingIOError:
            return False
        return True

    def write(self, text: str) -> None:
        """Leave a word in the file for those who find it locked."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)

    def read(self) -> str:
        """The word that the holder left."""
        return self._path.read_text(encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
