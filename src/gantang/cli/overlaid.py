"""What cities and counties lay over the packs, for `gantang check`: each ground proved like a pack."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gantang.engine import Finding, Pack

Laid = list[tuple[str, "Pack"]]


def overlaid(
    known: Mapping[str, "Pack"], wanted: Iterable["Pack"], folders: Iterable[Path]
) -> tuple[Laid, list["Finding"]]:
    """The wanted packs as they are on each ground with a layer of its own, and what is wrong with files."""
    from gantang.engine import read_overlays, unplaced
    from gantang.engine.language.overlays import composed

    read = [read_overlays(folder) for folder in dict.fromkeys(folders)]
    overlays = [one for found, _faults in read for one in found]
    faults = [one for _found, faults in read for one in faults]
    laid = [pair for pack in wanted for pair in composed(pack, overlays)]
    return laid, [*faults, *unplaced(overlays, known.values())]


def holds(folder: Path) -> bool:
    """Whether a folder holds overlays."""
    return any(True for _file in folder.glob("overlays/*.yaml"))
