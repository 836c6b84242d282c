"""The only way to put bytes away and to take them out again."""

import errno
import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from gantang.files.binding import bind
from gantang.files.errors import MissingFileError, NoRoomError, TooLargeError
from gantang.files.leaves import leaf
from gantang.files.rendering import pictures, render
from gantang.files.rules import clean, for_print
from gantang.files.store import name_of, path_of, root
from gantang.host import disk

__all__ = [
    "bind",
    "check_size",
    "clean",
    "for_print",
    "leaf",
    "pictures",
    "remove",
    "render",
    "store",
    "sweep",
]

# Sealing adds some bytes to what a person may upload.
_SEAL_ROOM = 4096
_FULL = {errno.ENOSPC, errno.EDQUOT}


def check_size(size: int) -> None:
    """Refuse an upload by its size, before its bytes are read. Errors: TooLargeError."""
    limit: int = settings.GANTANG_MAX_ATTACHMENT_BYTES
    if size > limit:
        raise TooLargeError(details={"limit_mb": limit // 1_000_000})


def store(data: bytes) -> str:
    """Put opaque bytes away, durably, and return their name; the same bytes twice are kept once.

    Returns only after the bytes and their folder are on the disk. Errors: TooLargeError, NoRoomError.
    """
    check_size(len(data) - _SEAL_ROOM)
    path = path_of(name_of(data))
    try:
        _put(path, data)
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoomError from error
        raise
    return path.name


def _put(path: Path, data: bytes) -> None:
    if path.exists():
        os.utime(path)  # young again, so that a sweep leaves it to the act that is about to refer to it
        return
    _make_folders(path.parent)
    if disk.free_bytes(path.parent) < disk.LOW_BYTES + len(data):
        raise NoRoomError
    _write(path, data)


def _make_folders(folder: Path) -> None:
    """Make the folders, each for its owner only, and write their parents' entries to the disk."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(each.parent)


def _write(path: Path, data: bytes) -> None:
    """Write beside the place and move in: a reader finds all of it or nothing."""
    draft = path.with_name(f".{path.name[:12]}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(names: Iterable[str]) -> int:
    """Take bytes away that are no longer referred to; those already gone do not count."""
    gone = 0
    for name in names:
        try:
            path_of(name).unlink()
        except (FileNotFoundError, MissingFileError):
            continue
        gone += 1
    return gone


def sweep(*, used: Iterable[str], older_than: timedelta = timedelta(days=2), now: datetime) -> list[str]:
    """Remove what no row refers to: ``used`` is every name that one does. Returns the names removed.

    Young files stay, because a file is stored before the act that refers to it commits; so do files of
    another key.
    """
    kept = set(used)
    before = (now - older_than).timestamp()
    orphans = [path for path in root().glob("*/*/*") if path.name not in kept]
    return sorted(path.name for path in orphans if _is_gone(path, before))


def _is_gone(path: Path, before: float) -> bool:
    """Remove one file, unless it is young, became so meanwhile, or another sweep was first."""
    try:
        if path.stat().st_mtime >= before:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
