"""Free space, and the ballast that brings a database back from a full disk."""

import os
import secrets
import shutil
from pathlib import Path

BALLAST_BYTES = 48 * 2**20
#: Below this no attachment is taken; the database must stay able to write for longer than that.
LOW_BYTES = 512 * 2**20
_PIECE = 2**20


def free_bytes(folder: Path) -> int:
    """Free space for an ordinary account where ``folder`` lies."""
    return shutil.disk_usage(folder).free


def is_low(folder: Path) -> bool:
    """Whether attachments should be refused, so that matters can still be written."""
    return free_bytes(folder) < LOW_BYTES


def lay_ballast(path: Path) -> bool:
    """Occupy 48 MB, if they can be spared; random bytes, since a file system may fold others away."""
    if path.exists() or free_bytes(path.parent) < LOW_BYTES:
        return False
    draft = path.with_name(f".{path.name}")
    with draft.open("wb") as file:
        for _ in range(BALLAST_BYTES // _PIECE):
            file.write(secrets.token_bytes(_PIECE))
        os.fsync(file.fileno())
    draft.rename(path)
    return True


def drop_ballast(path: Path) -> bool:
    """Give the ballast up if the disk is full; whether that was so."""
    if not path.exists() or free_bytes(path.parent) >= BALLAST_BYTES:
        return False
    path.unlink()
    return True
