"""Run beside us: how many pages a PDF has that somebody attached, and whether each can be taken over.

`python -m gantang.files.trial MOST` reads it from the standard input and writes the number of its pages,
having taken over every one unless there are more than MOST; it writes nothing for what it cannot read. A
damaged PDF may end the typesetter, and with it the process it runs in: that must not be the site's.
"""

import re
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from gantang.files.lent import lent

#: What a trial may use: address space in bytes, seconds.
_SPACE, _SECONDS = 4 * 1024**3, 60
#: A page that no PDF has: the typesetter then says how many there are.
_BEYOND = '#image("/leaf.pdf", page: 999999)'
_COUNT = re.compile(r"only has (\d+) page")
_EACH = '#for at in range({count}) {{ image("/leaf.pdf", page: at + 1, width: 100%) }}'


def pages(data: bytes, most: int) -> int:
    """How many pages a PDF has, each tried unless they are more than ``most``; 0 for one that cannot be
    taken over."""
    command = [sys.executable, "-P", "-m", __name__, str(most)]
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(  # noqa: S603 - our own words only
            command, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
        if done.returncode == 0 and done.stdout.strip().isdigit():
            return int(done.stdout)
    return 0


def _count(data: bytes, most: int) -> int:
    with lent({"leaf.pdf": data}) as root:
        found = _COUNT.search(_said(_BEYOND, root))
        count = int(found[1]) if found else 0
        if 0 < count <= most and _said(_EACH.format(count=count), root):
            return 0
    return count


def _said(source: str, root: Path) -> str:
    """What the typesetter has against a source."""
    import typst

    options: dict[str, Any] = {"root": root, "format": "pdf"}
    try:
        typst.compile(source.encode(), **options)
    except typst.TypstError as error:
        return error.diagnostic
    return ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(str(_count(sys.stdin.buffer.read(), int(sys.argv[1]))))
