"""Workbooks (.xlsx, .xls, .ods) as lists of cells, checked before they are unpacked."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, cast

from gantang.sheets import apart, errors
from gantang.sheets.types import Limits

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
#: Real sheets pack some twenty to one; repeated bytes a thousand to one.
_RATIO, _SMALL = 200, 10_000_000
_ENTRIES = 5_000
_CELL = re.compile(rb"""<(?:\w+:)?c [^>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_CHUNK, _OVERLAP = 1 << 20, 300


def is_workbook(start: bytes) -> bool:
    """Whether the first bytes are those of a zip or of an old Office file."""
    return start.startswith((ZIP, OLE))


def rows(source: BinaryIO, sheet: str, limits: Limits) -> tuple[str, Iterator[tuple[int, list[Any]]]]:
    """The sheet's name and each of its rows with its number. Errors: SheetError."""
    _check_bomb(source, limits)
    told = _told(source, sheet)
    first = next(told)
    return str(first["sheet"]), enumerate(told, start=1)


def _told(source: BinaryIO, sheet: str) -> Iterator[Any]:
    """What the reader beside us tells: the sheet, then its rows. It ends with us, and we not with it."""
    source.seek(0)
    reader = subprocess.Popen(  # noqa: S603 - our own words, and a sheet's name
        [sys.executable, "-P", "-m", "gantang.sheets.apart", sheet],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    given, told = cast(BinaryIO, reader.stdin), cast(BinaryIO, reader.stdout)
    try:
        with suppress(BrokenPipeError), given:
            shutil.copyfileobj(source, given, _CHUNK)
        while not (isinstance(line := _line(told), dict) and "end" in line):
            yield line
    finally:
        reader.kill()
        told.close()
        reader.wait()


def _line(stream: BinaryIO) -> Any:
    """The next thing it tells. Errors: SheetError; one that says no more has used what it may use."""
    text = stream.readline(apart.LONGEST)
    if not text.endswith(b"\n"):
        raise errors.bomb()
    told = json.loads(text)
    if isinstance(told, list):
        return [apart.cell_of(cell) for cell in told]
    if "fault" in told:
        raise _fault(told)
    return told


def _fault(told: dict[str, Any]) -> errors.SheetError:
    if told["fault"] == "no_sheet":
        return errors.no_sheet(told["asked"], "、".join(told["sheets"]))
    return {"empty": errors.empty, "locked": errors.locked}.get(told["fault"], errors.broken)()


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
