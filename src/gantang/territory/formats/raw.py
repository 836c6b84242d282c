"""What every reader gives, whatever the format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gantang.sheets.types import RowFault


@dataclass(frozen=True, slots=True)
class Raw:
    """One row or feature: its number as the file's own program shows it, texts by column, a shapely shape.

    A table has its shape as a text among the cells, and ``geometry`` is None.
    """

    number: int
    cells: Mapping[str, str]
    geometry: Any = None


@dataclass
class Opened:
    """A file being read. ``system`` names the coordinate system that the file claims, as ``EPSG:4490`` or as
    a definition; "" where it claims none. ``faults`` are complete once the rows are through."""

    columns: tuple[str, ...]
    rows: Iterator[Raw]
    encoding: str = ""
    system: str = ""
    has_shapes: bool = False
    faults: list[RowFault] = field(default_factory=list)
