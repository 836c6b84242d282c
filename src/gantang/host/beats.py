"""When each job of the worker last went well: the age of a file, so that anybody on the machine can look."""

import time
from collections.abc import Iterator
from pathlib import Path

_FOLDER = "beats"


def mark(folder: Path, job: str) -> None:
    """A job went well just now."""
    place = folder / _FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / job).touch()


def ages(folder: Path) -> Iterator[tuple[str, float]]:
    """Each job with the seconds since it last went well."""
    place = folder / _FOLDER
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        yield path.name, max(0.0, time.time() - path.stat().st_mtime)
