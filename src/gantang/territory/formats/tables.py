"""CSV and workbooks: a row is a grid, its outline a cell with WKT, GeoJSON or corners."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from gantang.sheets import queries as sheets
from gantang.sheets import service
from gantang.sheets.types import Rows
from gantang.territory import errors
from gantang.territory.formats.raw import Opened, Raw

#: What one cell of a workbook holds (the format's own limit).
_CELL = 32_767
_ENDING = re.compile(r"\.xlsx\Z", re.I)


def opened(path: Path, sheet: str) -> Opened:
    rows = sheets.read(path, sheet=sheet)
    made = Opened(rows.columns, _rows(rows), encoding=rows.encoding)
    made.faults = rows.faults
    return made


def _rows(rows: Rows) -> Iterator[Raw]:
    for number, cells in rows:
        yield Raw(number, cells)


def save(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table; the outline is the last value of each row. Errors: GroundError for one too long."""
    workbook = _ENDING.search(path.name) is not None
    pieces = service.write_xlsx(columns, _fitting(rows)) if workbook else service.write_csv(columns, rows)
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece)


def _fitting(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for row in rows:
        if len(row[-1]) > _CELL:
            raise errors.too_long_for_a_cell(str(row[0]))
        yield row
