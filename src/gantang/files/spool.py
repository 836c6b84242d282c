"""Where an upload waits while it is looked at: a nameless file that nobody but this process can read.

It is written front to back once, under a key that lives in the memory only, and gone when it is closed; after
a crash the disk holds nothing that opens.
"""

import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from django.conf import settings

from gantang.files.errors import NoRoomError
from gantang.files.full import told_full
from gantang.host import disk

PIECE = 1 << 18
_BLOCK = 16


class Spool(io.RawIOBase):
    """A binary file for one writing and any reading. ``size`` is what was written. Errors: NoRoomError."""

    def __init__(self) -> None:
        super().__init__()
        folder = Path(settings.GANTANG_FILES_DIR) / "spool"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if disk.is_low(folder):
            raise NoRoomError
        self._file: IO[bytes] = TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed with this
        self._key = secrets.token_bytes(32)
        self._work: Any = self._from(0)
        self._place = 0
        self.size = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """Yes, at its end."""
        return True

    def seekable(self) -> bool:
        """Yes, for reading."""
        return True

    def write(self, data: Any, /) -> int:
        """Add to the end: a stretch of the key's stream is used once only."""
        given = bytes(data)
        sealed = self._work.update(given)
        done = 0
        with told_full():
            while done < len(sealed):
                done += os.pwrite(self._file.fileno(), sealed[done:], self.size + done)
        self.size += len(given)
        self._place = self.size
        return len(given)

    def readinto(self, buffer: Any, /) -> int:
        """Read from where one stands."""
        wanted = min(len(buffer), max(0, self.size - self._place))
        first = self._place - self._place % _BLOCK
        sealed = os.pread(self._file.fileno(), self._place - first + wanted, first)
        plain = self._from(first // _BLOCK).update(sealed)[self._place - first :]
        buffer[: len(plain)] = plain
        self._place += len(plain)
        return len(plain)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Stand somewhere else."""
        self._place = max(0, offset + (0, self._place, self.size)[whence])
        return self._place

    def tell(self) -> int:
        """Where one stands."""
        return self._place

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` to ``end``, piece by piece."""
        last = self.size if end is None else min(end, self.size)
        while start < last:
            self.seek(start)
            piece = self.read(min(PIECE, last - start)) or b""
            start += len(piece)
            yield piece

    def close(self) -> None:
        """Let it go."""
        if not self.closed:
            self._file.close()
        super().close()

    def _from(self, block: int) -> Any:
        return Cipher(AES(self._key), CTR(block.to_bytes(_BLOCK, "big"))).encryptor()
