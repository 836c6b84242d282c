"""Workbooks (.xlsx, .xls, .ods) as lists of cells, checked before they are unpacked."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import python_calamine as calamine

from gantang.sheets import errors
from gantang.sheets.types import Limits

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: Real sheets pack some twenty to one; repeated bytes a thousand to one.
_RATIO, _SMALL = 200, 10_000_000
_ENTRIES = 5_000
_CELL = re.compile(rb"""<(?:\w+:)?c [^>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
#: What the reader says of a file that is not what it seems.
_BROKEN = (calamine.CalamineError, OSError, ValueError, KeyError, IndexError, OverflowError)
_CHUNK, _OVERLAP = 1 << 20, 300


def is_workbook(start: bytes) -> bool:
    """Whether the first bytes are those of a zip or of an old Office file."""
    return start.startswith((ZIP, OLE))


def rows(source: BinaryIO, sheet: str, limits: Limits) -> tuple[str, Iterator[tuple[int, list[Any]]]]:
    """The sheet's name and each of its rows with its number. Errors: SheetError."""
    _check_bomb(source, limits)
    source.seek(0)
    try:
        book = calamine.load_workbook(source)
    except calamine.PasswordError as error:
        raise errors.locked() from error
    except _BROKEN as error:
        raise errors.broken() from error
    try:
        name = _chosen(book, sheet)
    except _BROKEN as error:
        raise errors.broken() from error
    return name, _numbered(book, name)


def _chosen(book: Any, sheet: str) -> str:
    """The sheet asked for, else the first one that is visible and has rows."""
    if sheet:
        if sheet not in book.sheet_names:
            raise errors.no_sheet(sheet, "、".join(book.sheet_names))
        return sheet
    visible = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
    filled = (name for name in visible if book.get_sheet_by_name(name).end is not None)
    found = next(filled, None)
    if found is None:
        raise errors.empty()
    return str(found)


def _numbered(book: Any, name: str) -> Iterator[tuple[int, list[Any]]]:
    try:
        yield from enumerate(book.get_sheet_by_name(name).iter_rows(), start=1)
    except _BROKEN as error:
        raise errors.broken() from error


def _check_bomb(source: BinaryIO, limits: Limits) -> None:
    """Refuse what would not fit unpacked, by sizes as declared and by the cells named in the sheets."""
    source.seek(0)
    if source.read(4) != ZIP:
        return
    try:
        with zipfile.ZipFile(source) as packed:
            _check_sizes(packed, limits)
            for entry in packed.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _check_cells(packed, entry, limits)
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError
    ) as error:  # fmt: skip
        raise errors.broken() from error


def _check_sizes(packed: zipfile.ZipFile, limits: Limits) -> None:
    entries = packed.infolist()
    whole = sum(entry.file_size for entry in entries)
    thick = any(
        entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if whole > limits.unpacked_bytes or thick or len(entries) > _ENTRIES:
        raise errors.bomb()


def _check_cells(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> None:
    """One far cell makes the reader lay out everything before it, so the furthest row and column count."""
    row = column = 0
    with packed.open(entry) as stream:
        kept = b""
        while chunk := stream.read(_CHUNK):
            for letters, digits in _CELL.findall(kept + chunk):
                row, column = max(row, int(digits)), max(column, _column(letters))
            kept = chunk[-_OVERLAP:]
    if row * column > limits.cells:
        raise errors.too_many_cells(limits.cells)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
