"""Which engine this is: what was proved or counted by it holds as long as not a letter of it changes."""

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def edition() -> str:
    """SHA-256, hex, of the engine's own source as it stands on disk."""
    return digest_of(_HERE)


def digest_of(folder: Path) -> str:
    """SHA-256, hex, of all Python below a folder, names and contents."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
