"""The attachments of a backup: named by what they are, so each lies there once and is never changed."""

import gzip
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from gantang.host.backup.book import FILES


def names(root: Path) -> Iterator[str]:
    """Every attachment below a folder, as ``ab/cd/<name>``, in order."""
    for first in _folders(root):
        for second in _folders(first):
            yield from sorted(
                f"{first.name}/{second.name}/{one.name}" for one in os.scandir(second) if _whole(one)
            )


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return sorted(Path(one.path) for one in os.scandir(place) if one.is_dir() and len(one.name) == 2)


def _whole(entry: "os.DirEntry[str]") -> bool:
    return entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")


def copy(source: Path, target: Path, wanted: Iterable[str]) -> int:
    """Copy what the target does not have yet; how many were. One that is erased meanwhile is passed over."""
    copied = 0
    for name in wanted:
        there = target / name
        if there.exists():
            continue
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = there.with_name(f".{there.name}")
        try:
            shutil.copyfile(source / name, draft)
        except FileNotFoundError:
            draft.unlink(missing_ok=True)
            continue
        draft.chmod(0o600)
        _to_disk(draft)
        draft.rename(there)
        copied += 1
    return copied


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_list(place: Path, wanted: Iterable[str]) -> None:
    """Keep with a backup which attachments it has."""
    with gzip.open(place / FILES, "wt", encoding="ascii") as file:
        file.writelines(f"{name}\n" for name in wanted)


def read_list(place: Path) -> list[str]:
    """The attachments that a backup has."""
    with gzip.open(place / FILES, "rt", encoding="ascii") as file:
        return file.read().split()
