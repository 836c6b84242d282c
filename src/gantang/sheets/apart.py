"""Run beside us: a workbook read by a process of its own, row by row.

`python -m gantang.sheets.apart [SHEET]` takes the workbook on the standard input. It writes one line of JSON
for the sheet, one for each row and one for the end. A workbook may name a long text a million times, which
its reader copies each time: what that ends must not be the site.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

#: What a reading may use: address space in bytes, seconds of the processor.
SPACE, SECONDS = 2 * 1024**3, 120
#: Characters of one row as it is told; what is beyond is no table.
LONGEST = 64_000_000
_KINDS = {datetime: "moment", date: "day", time: "time"}
_READ = {"moment": datetime.fromisoformat, "day": date.fromisoformat, "time": time.fromisoformat}


def plain(cell: Any) -> Any:
    """A cell as JSON has it; what JSON does not know as its kind and its text."""
    if isinstance(cell, timedelta):
        return {"span": cell.total_seconds()}
    kind = _KINDS.get(type(cell))
    return {kind: cell.isoformat()} if kind else cell


def cell_of(told: Any) -> Any:
    """The cell again."""
    if not isinstance(told, dict):
        return told
    ((kind, text),) = told.items()
    return timedelta(seconds=text) if kind == "span" else _READ[kind](text)


def _lines(data: bytes, sheet: str) -> Iterator[Any]:
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(io.BytesIO(data))
        name = _chosen(book, sheet)
        if name is None:
            yield {"fault": "no_sheet" if sheet else "empty", "asked": sheet, "sheets": book.sheet_names}
            return
        yield {"sheet": name}
        for row in book.get_sheet_by_name(name).iter_rows():
            yield [plain(cell) for cell in row]
        yield {"end": True}
    except calamine.PasswordError:
        yield {"fault": "locked"}
    except (calamine.CalamineError, OSError, ValueError, KeyError, IndexError, OverflowError):
        yield {"fault": "broken"}


def _chosen(book: Any, sheet: str) -> str | None:
    """The sheet asked for, else the first one that is visible and has rows."""
    if sheet:
        return sheet if sheet in book.sheet_names else None
    import python_calamine as calamine

    visible = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
    filled = (name for name in visible if book.get_sheet_by_name(name).end is not None)
    return next(filled, None)


def main() -> None:
    """Tell the rows of the one workbook on the standard input."""
    bounds = ((resource.RLIMIT_AS, SPACE), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0))
    for what, most in bounds:
        with suppress(ValueError, OSError):  # not every system bounds each of them
            resource.setrlimit(what, (most, most))
    sheet = sys.argv[1] if len(sys.argv) > 1 else ""
    for line in _lines(sys.stdin.buffer.read(), sheet):
        sys.stdout.write(json.dumps(line, ensure_ascii=True, default=str) + "\n")


if __name__ == "__main__":
    main()
