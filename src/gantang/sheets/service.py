"""Writing tables: ``write_csv`` and ``write_xlsx``, as streams of bytes."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from gantang.sheets import rules

_CHUNK = 1 << 16
#: What one sheet holds (the format's own limits).
_ROWS, _CHARS = 1_048_576, 32_767
_IN_MEMORY = 16_000_000
_FORMATS = {datetime: "yyyy-mm-dd hh:mm:ss", date: "yyyy-mm-dd"}


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with its mark, so that table programs show Chinese; no cell can run as a formula.

    Values may be text, numbers, dates, moments, None.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([rules.harmless(name) for name in columns])
    yield b"\xef\xbb\xbf" + _taken(buffer)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() > _CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, sheet: str = "Sheet1"
) -> Iterator[bytes]:
    """A workbook; texts stay texts (no formulas, no links). What one sheet cannot hold goes on in a next."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        options = {"constant_memory": True, "default_date_format": _FORMATS[datetime]}
        with xlsxwriter.Workbook(kept, options) as book:
            _fill(book, columns, rows, sheet)
        kept.seek(0)
        while chunk := kept.read(_CHUNK):
            yield chunk


def _fill(book: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]], sheet: str) -> None:
    bold = book.add_format({"bold": True})
    formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
    page, at, number = None, _ROWS, 0
    for row in _with_one(rows):
        if at >= _ROWS:
            number += 1
            page = book.add_worksheet(sheet if number == 1 else f"{sheet[:27]} {number}")
            page.freeze_panes(1, 0)
            for place, name in enumerate(columns):
                page.write_string(0, place, name, bold)
            at = 1
        if row is not None and page is not None:
            for place, value in enumerate(row):
                _put(page, at, place, value, formats)
            at += 1


def _with_one(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any] | None]:
    """The rows behind a None, so that a table without rows has its header."""
    yield None
    yield from rows


def _put(page: Any, row: int, column: int, value: Any, formats: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, (int, float)) and abs(value) < 1e15:
        page.write_number(row, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats[date])
    else:
        page.write_string(row, column, str(value)[:_CHARS])


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return rules.harmless(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return "" if value is None else str(value)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
