"""Grids given out to a file, and faults given back beside the rows of the file that they are about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gantang.sheets import service as sheets
from gantang.territory import queries
from gantang.territory.types import GroundLine


def write_ground(path: Path, *, ground: str, on: date) -> int:
    """Write the grids below a ground; the name's end says the format. How many. For commands and jobs.

    Errors: GroundError for a format that is none, or an outline too long for a workbook's cell.
    """
    from gantang.territory.formats import saving

    found = queries.records(ground, on=on)
    saving.save(path, found)
    return len(found)


def write_faults(path: Path, *, source: Path, lines: Iterable[GroundLine], sheet: str = "") -> int:
    """Write the rows of ``source`` that something is said of, as they are, with what is wrong and how to mend
    it beside; outlines of features are left out. CSV, or a workbook by the name's end. How many rows."""
    from gantang.territory import formats

    told: dict[int, list[GroundLine]] = defaultdict(list)
    for line in lines:
        if line.reason:
            told[line.row].append(line)
    opened = formats.opened(source, sheet=sheet)
    columns = (_("行"), _("结果"), _("原因"), _("改法"), *opened.columns)
    cells = {raw.number: raw.cells for raw in opened.rows if raw.number in told}
    rows = [_row(number, told[number], cells.get(number, {}), opened.columns) for number in sorted(told)]
    write = sheets.write_xlsx if path.suffix.lower() == ".xlsx" else sheets.write_csv
    with path.open("wb") as file:
        for piece in write(columns, rows):
            file.write(piece)
    return len(rows)


def _row(number: int, lines: list[GroundLine], cells: Any, columns: Iterable[str]) -> list[Any]:
    kind = _("出错") if any(one.kind == "error" for one in lines) else _("提醒")
    reasons, remedies = (" ".join(one) for one in zip(*((x.reason, x.remedy) for x in lines), strict=True))
    return [number, kind, reasons, remedies, *(cells.get(name, "") for name in columns)]
