"""Which engine this is: what was proved or counted by it holds as long as not a letter of it changes."""

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
#: What decides how an engine behaves: its code, and the tables that the code reads.
DECIDING = {".py", ".csv"}


@cache
def edition() -> str:
    """SHA-256, hex, of the engine's own code and tables as they stand on disk."""
    return digest_of(_HERE)


def digest_of(folder: Path) -> str:
    """SHA-256, hex, of all code and tables below a folder, names and contents."""
    found = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.suffix in DECIDING):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
