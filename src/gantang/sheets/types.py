"""What the room hands out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Row = dict[str, str]
#: At most so many faults are kept; the rest is counted.
FAULTS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most: bytes as it comes and unpacked, cells, columns, characters of a cell."""

    file_bytes: int = 200_000_000
    unpacked_bytes: int = 1_000_000_000
    cells: int = 5_000_000
    columns: int = 500
    cell_chars: int = 100_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that is left out: its number as the table program shows it, why, and what to do."""

    row: int
    reason: str
    remedy: str = ""


@dataclass
class Rows:
    """A sheet being read: its columns, then ``(number, {column: text})`` for each row that is not blank.

    Numbers are those of the table program, the header's included. Every value is text; empty cells are "".
    Rows that cannot be taken are left out of the iteration and stand in ``faults`` once it passed them.
    """

    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Row]]
    sheet: str = ""
    encoding: str = ""
    faults: list[RowFault] = field(default_factory=list)
    more_faults: int = 0

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        return self.rows

    def fault(self, fault: RowFault) -> None:
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(fault)
        else:
            self.more_faults += 1
