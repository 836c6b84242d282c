"""The attachments of a backup: named by what they are, so each lies there once and is never changed."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gantang.host.backup.book import FILES


@dataclass(frozen=True, slots=True)
class Measure:
    """What the bytes of an attachment were when it was first backed up."""

    size: int
    sha256: str


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


def copy(source: Path, target: Path, wanted: Iterable[str], *, mends: bool = False) -> int:
    """Copy what the target does not have yet, and with ``mends`` what has another length there; how many
    were. One that is erased meanwhile is passed over."""
    copied = 0
    for name in wanted:
        there = target / name
        if there.exists() and not (mends and _differ(source / name, there)):
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


def _differ(one: Path, other: Path) -> bool:
    """Whether they have not one length; what is not there any more is not missed."""
    try:
        return one.stat().st_size != other.stat().st_size
    except FileNotFoundError:
        return False


def measure(path: Path) -> Measure:
    """The length and the checksum of a file."""
    with path.open("rb") as file:
        return Measure(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def measured(
    wanted: Iterable[str], known: Mapping[str, Measure], places: Iterable[Path]
) -> dict[str, Measure]:
    """Each attachment's measure: that of an earlier backup, else of the first place where it lies."""
    found = dict(known)
    for name in wanted:
        lies = next((place / name for place in places if (place / name).exists()), None)
        if name not in found and lies is not None:
            found[name] = measure(lies)
    return {name: found[name] for name in wanted if name in found}


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_list(place: Path, wanted: Mapping[str, Measure]) -> None:
    """Keep with a backup which attachments it has, and what their bytes are."""
    with gzip.open(place / FILES, "wt", encoding="ascii") as file:
        file.writelines(f"{name} {one.size} {one.sha256}\n" for name, one in wanted.items())


def read_list(place: Path) -> list[str]:
    """The attachments that a backup has."""
    return [name for name, *_measure in _lines(place)]


def read_measures(place: Path) -> dict[str, Measure]:
    """Those of them that were measured: backups of former versions hold names alone."""
    return {name: Measure(int(of[0]), of[1]) for name, *of in _lines(place) if of}


def _lines(place: Path) -> list[list[str]]:
    with gzip.open(place / FILES, "rt", encoding="ascii") as file:
        return [line.split() for line in file]
