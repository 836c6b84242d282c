"""Processor time, which says more than the clock where other work shares the machine."""

import os
import resource
import time
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """Seconds that the site's processes, this one and its ended children have used so far."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in own) + sum(_of(pid) for pid in processes())


def idle(seconds: float = 3.0) -> float:
    """Processor seconds a second of the site when nobody asks anything: to be left out of what a request
    costs."""
    before, begun = spent(), time.monotonic()
    time.sleep(seconds)
    return (spent() - before) / (time.monotonic() - begun)


def processes() -> set[int]:
    """The supervisor of the bench's data folder with everything below it; the database and the web server."""
    from bench.site import DATA

    parents = {int(place.name): _parent(place) for place in Path("/proc").iterdir() if place.name.isdigit()}
    found = {pid for pid in parents if _supervises(pid, str(DATA))}
    fresh = set(found)
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh}
        found |= fresh
    return found - {os.getpid()}


def _supervises(pid: int, folder: str) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        given = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return (
        b"demo" in words and b"gantang" in words and f"GANTANG_DATA_DIR={folder}\0".encode() in given + b"\0"
    )


def _parent(place: Path) -> int:
    try:
        return int((place / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _of(pid: int) -> float:
    """A process's own time and that of its children that ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(each) for each in fields[11:15]) / _TICK
