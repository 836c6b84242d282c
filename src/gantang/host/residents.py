"""Which server processes live in a data folder, told by their working folder, not by a number in a file."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def postmaster(data: Path) -> int | None:
    """The number in the folder's pid file, if that process is a server that lives there."""
    number = pid_in_file(data)
    return number if number is not None and number in residents(data, at_least=number) else None


def pid_in_file(data: Path) -> int | None:
    """The number that the pid file names, be it true or stale."""
    with suppress(OSError, ValueError, IndexError):
        return abs(
            int((data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n")[0])
        )
    return None


def residents(data: Path, *, at_least: int | None = None) -> set[int]:
    """The server processes that work in the folder; off Linux only ``at_least`` is looked at."""
    if sys.platform != "linux":
        return {at_least} if at_least is not None and _listed(at_least, data) else set()
    return {int(place.name) for place in _PROC.iterdir() if place.name.isdigit() and _lives_in(place, data)}


def _lives_in(process: Path, data: Path) -> bool:
    try:
        if not (process / "comm").read_bytes().startswith(b"postgres"):
            return False
        return os.path.samefile(process / "cwd", data)
    except OSError:
        return False


def _listed(number: int, data: Path) -> bool:
    done = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "command=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return str(data) in done.stdout
