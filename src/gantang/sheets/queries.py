"""Reading tables: ``read`` gives columns, and rows as texts, of CSV and workbooks alike."""

import gzip
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from gantang.sheets import delimited, errors, rules, workbook
from gantang.sheets.types import LIMITS, Limits, Row, RowFault, Rows

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_IN_MEMORY = 16_000_000

as_date, as_moment, as_number, is_empty = rules.as_date, rules.as_moment, rules.as_number, rules.is_empty
text_of = rules.text_of


def read(
    source: Path | BinaryIO,
    *,
    filename: str = "",
    sheet: str = "",
    header_row: int | None = None,
    limits: Limits = LIMITS,
) -> Rows:
    """Open a CSV or a workbook, packed with gzip or not; what it is is told by its bytes, never by its name.

    The header is row ``header_row`` or else the first row with two cells filled. Rows come one by one.
    Errors: SheetError for the file as a whole; rows that do not fit stand in ``Rows.faults``.
    """
    stream = _plain(_opened(source), limits)
    start = stream.read(8)
    name, encoding = "", ""
    records: Iterator[tuple[int, Sequence[Any]]]
    if workbook.is_workbook(start):
        name, records = workbook.rows(stream, sheet, limits)
    else:
        encoding, records = delimited.rows(stream, limits)
    columns = _columns(records, header_row, limits)
    made = Rows(tuple(one for one in columns if one), iter(()), name, encoding)
    made.rows = _rows(made, records, columns, limits)
    return made


def _opened(source: Path | BinaryIO) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else source


def _plain(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """The bytes themselves, in a stream that can go back; what is packed with gzip is unpacked to disk."""
    start = stream.read(2)
    if stream.seekable() and start != _GZIP:
        _check_size(stream, limits)
        return stream
    kept = _spooled()
    kept.write(start)
    _copy(stream, kept, limits.file_bytes)
    kept.seek(0)
    return _unpacked(kept, limits) if start == _GZIP else kept


def _unpacked(packed: BinaryIO, limits: Limits) -> BinaryIO:
    kept = _spooled()
    try:
        _copy(cast(BinaryIO, gzip.GzipFile(fileobj=packed, mode="rb")), kept, limits.unpacked_bytes)
    except (OSError, EOFError) as error:
        raise errors.broken() from error
    kept.seek(0)
    return kept


def _spooled() -> BinaryIO:
    """A file of our own, on disk when it grows; it lives for as long as its rows are read."""
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))


def _copy(source: BinaryIO, target: BinaryIO, most: int) -> None:
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise errors.too_big(most)
        target.write(chunk)


def _check_size(stream: BinaryIO, limits: Limits) -> None:
    if stream.seek(0, 2) > limits.file_bytes:
        raise errors.too_big(limits.file_bytes)
    stream.seek(0)


def _columns(
    records: Iterator[tuple[int, Sequence[Any]]], header_row: int | None, limits: Limits
) -> list[str]:
    """The names of the header's cells; "" where a cell has none."""
    names = _header(records, header_row)
    if len(names) > limits.columns:
        raise errors.too_many_columns(limits.columns)
    for place, name in enumerate(names):
        if name and name in names[:place]:
            raise errors.double_column(name)
    return names


def _header(records: Iterator[tuple[int, Sequence[Any]]], header_row: int | None) -> list[str]:
    """A title above the table stands alone in its row: the header is the first with two cells filled."""
    for number, cells in records:
        names = [_name(cell) for cell in cells]
        filled = sum(1 for name in names if name)
        if number == header_row or (header_row is None and (filled > 1 or (filled and len(cells) == 1))):
            return names
    raise errors.empty()


def _name(cell: Any) -> str:
    return " ".join(str(cell if cell is not None else "").split()).strip("\ufeff")


def _rows(
    made: Rows, records: Iterator[tuple[int, Sequence[Any]]], columns: list[str], limits: Limits
) -> Iterator[tuple[int, Row]]:
    for number, cells in records:
        try:
            texts = [rules.text_of(cell) for cell in cells]
        except rules.LostDigitsError:
            made.fault(
                RowFault(
                    number,
                    _("有一个数字超过 15 位，已被表格软件改写。"),
                    _("请把这一列设为文本格式，重新填写。"),
                )
            )
            continue
        if not any(texts):
            continue
        fault = _misfit(number, texts, columns, limits)
        if fault is not None:
            made.fault(fault)
            continue
        texts += [""] * (len(columns) - len(texts))
        yield number, {name: text for name, text in zip(columns, texts, strict=False) if name}


def _misfit(number: int, texts: list[str], columns: list[str], limits: Limits) -> RowFault | None:
    if any(texts[len(columns) :]):
        return RowFault(
            number, _("单元格比列名多。"), _("请检查这一行是否多了分隔符，或文字里的引号是否成对。")
        )
    if any(len(text) > limits.cell_chars for text in texts):
        return RowFault(number, _("有一个单元格的文字太长。"), _("请检查上一行的引号是否成对，或缩短文字。"))
    return None
