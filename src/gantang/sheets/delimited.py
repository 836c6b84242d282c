"""CSV of any usual encoding and delimiter, as lists of cells, without holding the file in memory."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from gantang.sheets import errors
from gantang.sheets.types import Limits

_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", "\t", ";", "|")
_LOOKED_AT = 30
#: Characters of a line; a row of a table has some hundreds.
_LONGEST = 16_000_000


def rows(source: BinaryIO, limits: Limits) -> tuple[str, Iterator[tuple[int, list[str]]]]:
    """The encoding, and each record with its number from 1. Errors: SheetError, also while it is read."""
    encoding = encoding_of(source)
    source.seek(0)
    text = io.TextIOWrapper(source, encoding=encoding, newline="")
    head = text.read(_CHUNK)
    text.seek(0)
    return encoding, _records(text, delimiter_of(head), limits)


def encoding_of(source: BinaryIO) -> str:
    """utf-8, utf-8-sig, utf-16 or gb18030: the first that the whole file can be read in."""
    source.seek(0)
    start = source.read(4096)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None) or _wide(start)
    reached = 0
    for name in (marked,) if marked else ("utf-8", "gb18030"):
        fault = _fault_at(source, name)
        if fault is None:
            return name
        reached = max(reached, fault)
    raise errors.encoding(reached)


def delimiter_of(head: str) -> str:
    """The delimiter that gives the first records the most columns, the same number in as many as possible."""
    return max(_DELIMITERS, key=lambda one: (_score(head, one), one == ","))


def _score(head: str, delimiter: str) -> tuple[int, int]:
    """How many of the first records have the usual number of columns, and which that is."""
    lines, widths = iter(head.splitlines(keepends=True)), []
    with suppress(csv.Error):  # a cell that is too long: what came before it counts
        for _, record in zip(range(_LOOKED_AT), csv.reader(lines, delimiter=delimiter), strict=False):
            widths.append(len(record))
    usual = max(set(widths), key=widths.count, default=0)
    return (widths.count(usual), usual) if usual > 1 else (0, 0)


def _records(text: io.TextIOWrapper, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    # A quote that is never closed swallows the rest of the file: the reader's own limit ends that.
    csv.field_size_limit(max(limits.cell_chars * 4, 1_000_000))
    number = 0
    try:
        for number, record in enumerate(csv.reader(_lines(text), delimiter=delimiter), start=1):
            yield number, record
    except csv.Error as error:
        raise errors.unreadable(number) from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, none of them longer than memory has room for. Errors: csv.Error."""
    while line := text.readline(_LONGEST):
        if len(line) == _LONGEST:
            raise csv.Error
        yield line


def _wide(start: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of ASCII text is zero."""
    if b"\0" not in start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return "utf-16-be" if even > odd else "utf-16-le"


def _fault_at(source: BinaryIO, encoding: str) -> int | None:
    """The line in which the bytes are no text of this encoding; None if all are."""
    source.seek(0)
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    while chunk := source.read(_CHUNK):
        try:
            line += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            return line + chunk[: error.start].count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None
