"""How much memory this machine, or the group of processes we run in, may use."""

import os
from contextlib import suppress
from pathlib import Path

_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def total_mb() -> int:
    """Megabytes of memory: the machine's, or the limit set on us if that is smaller."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for name in _LIMITS:
        with suppress(OSError, ValueError):
            machine = min(machine, int(Path(name).read_text(encoding="ascii")))
    return machine // 2**20
