"""The table beside a Shapefile: its header and in which encoding its texts are.

dBASE III: bytes 8–11 are the lengths of header and record, then 32 bytes a field (name, kind, length).
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

_LOOKED_AT = 5000
_END = 0x0D


@dataclass(frozen=True, slots=True)
class Field:
    name: bytes
    kind: bytes
    start: int
    length: int


def encoding_of(table: bytes, claimed: str = "") -> str | None:
    """utf-8 or gb18030, or what the file beside claims where that holds; None where none of them does."""
    values = [*(field.name for field in fields(table)), *_values(table)]
    for name in (claimed, "utf-8", "gb18030"):
        if name and _holds(name, values):
            return "utf-8" if codecs.lookup(name).name == "utf-8" else name
    return None


def names(table: bytes, encoding: str) -> list[str]:
    """The columns' names. Ten bytes is all that a name has: a character that was cut through is left out."""
    return [field.name.decode(encoding, "ignore") for field in fields(table)]


def fields(table: bytes) -> list[Field]:
    found, place, start = [], 32, 1
    while place + 32 <= len(table) and table[place] != _END:
        length = table[place + 16]
        name = table[place : place + 11].split(b"\0")[0].strip()
        found.append(Field(name, table[place + 11 : place + 12], start, length))
        place, start = place + 32, start + length
    return found


def _values(table: bytes) -> Iterator[bytes]:
    header, record = int.from_bytes(table[8:10], "little"), int.from_bytes(table[10:12], "little")
    texts = [field for field in fields(table) if field.kind == b"C"]
    for number in range(_LOOKED_AT):
        row = table[header + number * record : header + (number + 1) * record]
        if len(row) < record or not record:
            return
        yield from (row[one.start : one.start + one.length].rstrip(b" \0") for one in texts)


def _holds(encoding: str, values: list[bytes]) -> bool:
    """Whether all are texts of this encoding, the end of each cut through or not."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)
        for value in values:
            decoder().decode(value)
    except (LookupError, UnicodeDecodeError):
        return False
    return True
