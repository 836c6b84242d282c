"""Where bytes lie: a folder on this machine, or a bucket of an S3-compatible store. Both keep opaque bytes by
name and know nothing else."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from gantang.files.errors import MissingFileError
from gantang.kit import crypto
from gantang.kit.pieces import PIECE, Content

_NAME = re.compile(r"[0-9a-f]{66}")


class Store(Protocol):
    """What a store can do. Names are those of ``name_of``; what is no name is missing."""

    def put(self, name: str, draft: Path) -> None:
        """Keep the draft's bytes under the name, durably; the draft may be taken or left. What is there
        already becomes young again. Errors: NoRoomError, StoreAwayError."""

    def open(self, name: str) -> Content:
        """The bytes, to be read piece by piece. Errors: MissingFileError, StoreAwayError."""

    def exists(self, name: str) -> bool:
        """Whether they are there. Errors: StoreAwayError."""

    def remove(self, name: str, *, before: float | None = None) -> bool:
        """Take them away, with ``before`` (seconds) only what was put earlier; whether they were there."""

    def names(self) -> Iterator[str]:
        """Every name that is kept."""


def store() -> Store:
    """The store in force, where new bytes go: a bucket where one is set, else the folder."""
    return stores()[0]


def stores() -> tuple[Store, ...]:
    """Where bytes may lie, the store in force first: what came before a bucket was set stays in the
    folder."""
    if settings.GANTANG_S3_URL:
        from gantang.files.bucket import bucket

        return bucket(), Folder()
    return (Folder(),)


def root() -> Path:
    """The folder of all bytes that lie here."""
    return Path(settings.GANTANG_FILES_DIR)


def name_of(data: bytes) -> str:
    """The name of these bytes: a keyed hash, so that nobody without the key can ask whether a known file
    is here."""
    return crypto.mac("files", data).hex()


def checked(name: str) -> str:
    """The name. Errors: MissingFileError for what is none."""
    if not _NAME.fullmatch(name):
        raise MissingFileError
    return name


class Folder:
    """``ab/cd/<name>`` below the folder of the attachments, each for its owner only."""

    def put(self, name: str, draft: Path) -> None:
        """Move the draft in: a reader finds all of it or nothing."""
        path = _path(name)
        if path.exists():
            os.utime(path)  # young again, so that a sweep leaves it to the act that is about to refer to it
            return
        make_folders(path.parent)
        draft.replace(path)
        _sync(path.parent)

    def open(self, name: str) -> Content:
        """Read from the disk."""
        path = _path(name)
        try:
            return _OnDisk(path, path.stat().st_size)
        except FileNotFoundError:
            raise MissingFileError from None

    def exists(self, name: str) -> bool:
        """Whether the file is there."""
        try:
            return _path(name).exists()
        except MissingFileError:
            return False

    def remove(self, name: str, *, before: float | None = None) -> bool:
        """Unlink it, unless it is young, became so meanwhile, or somebody else was first."""
        try:
            path = _path(name)
            if before is not None and path.stat().st_mtime >= before:
                return False
            path.unlink()
        except (FileNotFoundError, MissingFileError):
            return False
        return True

    def names(self) -> Iterator[str]:
        """Every file two levels down."""
        return (path.name for path in root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"))


class _OnDisk:
    """A stored file; erased while it is read, it is read to its end."""

    def __init__(self, path: Path, size: int) -> None:
        self._path, self.size = path, size

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Those from ``start`` to ``end``."""
        end = self.size if end is None else end
        try:
            file = self._path.open("rb", buffering=0)
        except FileNotFoundError:
            raise MissingFileError from None
        with file:
            file.seek(start)
            while start < end and (piece := file.read(min(PIECE, end - start))):
                start += len(piece)
                yield piece


def _path(name: str) -> Path:
    checked(name)
    return root() / name[2:4] / name[4:6] / name


def make_folders(folder: Path) -> None:
    """Make the folders, each for its owner only, and write their parents' entries to the disk."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        _sync(each.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
