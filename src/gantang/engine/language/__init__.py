"""Reading procedures: files to frozen values, every fault with file, line and the nearest known name."""

from gantang.engine.language.overlays import compose, read_overlays, unplaced
from gantang.engine.language.own import is_same
from gantang.engine.language.pack import PackError, load_pack, load_packs, read_pack, read_packs
from gantang.engine.language.source import read_source

__all__ = [
    "PackError",
    "compose",
    "is_same",
    "load_pack",
    "load_packs",
    "read_overlays",
    "read_pack",
    "read_packs",
    "read_source",
    "unplaced",
]
