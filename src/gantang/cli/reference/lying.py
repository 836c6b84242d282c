"""Pages of the procedures that need not be made again: to count the bounds of all of them takes a minute.

With the pages lies a digest of what they were made of, and one of themselves. Where both hold, to make them
again would give what lies there.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gantang.engine import Pack

MARK = "procedures/made-of.txt"


def marked(packs: "Mapping[str, Pack]", pages: Mapping[str, str]) -> str:
    """What lies with the pages."""
    return f"{_made_of(packs)}\n{_digest(pages)}\n"


def pages(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages as they lie, none where they were made of something else or changed since."""
    from gantang.cli.check import SHIPPED
    from gantang.engine import read_packs

    lying = {f"procedures/{path.name}": path.read_text("utf-8") for path in (folder / "procedures").iterdir()}
    mark = lying.pop(MARK, "")
    if mark == marked(read_packs(SHIPPED), lying):
        yield from lying.items()
        yield MARK, mark


def _made_of(packs: "Mapping[str, Pack]") -> str:
    from gantang.engine.edition import digest_of, edition

    hashes = [(name, one.hash) for pack in packs.values() for name, one in pack.procedures.items()]
    stories = [(pack.name, [path.stem for path in pack.scenarios]) for pack in packs.values()]
    made_of = [edition(), digest_of(Path(__file__).parent), hashes, stories]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def _digest(pages: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(sorted(pages.items())).encode()).hexdigest()
