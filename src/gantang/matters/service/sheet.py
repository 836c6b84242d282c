"""A table of matters from elsewhere, by its mapping file (``rules.mapping`` tells its keys)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from yaml import YAMLError

from gantang.engine.language.composing import composed
from gantang.kit.errors import GantangError, KeyReusedError
from gantang.matters.errors import ReportInvalidError, reasons_of, unfit_mapping
from gantang.matters.rules.arriving import MisfitError, incoming
from gantang.matters.rules.mapping import MappingFile, checked, missing
from gantang.matters.service.importing import import_many
from gantang.matters.types import Imported, Incoming, Line
from gantang.sheets import queries as sheets
from gantang.sheets.types import RowFault, Rows


def read_mapping(path: Path) -> MappingFile:
    """Errors: MappingError, with everything that is wrong."""
    try:
        given = composed(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, YAMLError) as error:
        raise unfit_mapping([(path.name, "unreadable", str(error))]) from None
    found = checked(given)
    if isinstance(found, list):
        raise unfit_mapping(found)
    return found


def count_rows(path: Path, mapping: MappingFile) -> int:
    """How many rows a table has; reads it once. Errors: SheetError."""
    return sum(1 for _ in _opened(path, mapping))


def import_sheet(
    *, path: Path, mapping: MappingFile, clock: Callable[[], datetime], jobs: int = 1
) -> Iterator[Line]:
    """Take the rows of a CSV or workbook in, by ``jobs`` processes; what became of each, nearly in order.
    Good rows go in, whatever becomes of the others; a second run adds nothing.

    Errors: SheetError, MappingError for columns that are not there.
    """
    rows = _opened(path, mapping)
    wrong = missing(mapping, rows.columns)
    if wrong:
        raise unfit_mapping(wrong)
    left_out: list[RowFault] = []
    reports = _read(rows, mapping, left_out)
    for row, outcome in import_many(source=mapping.source, rows=reports, clock=clock, jobs=jobs):
        yield from _drained(left_out, rows.faults)
        yield _line(row, outcome)
    yield from _drained(left_out, rows.faults)


def _opened(path: Path, mapping: MappingFile) -> Rows:
    return sheets.read(path, sheet=mapping.sheet, header_row=mapping.header_row)


def _read(rows: Rows, mapping: MappingFile, left_out: list[RowFault]) -> Iterator[Incoming]:
    for number, cells in rows:
        try:
            yield incoming(mapping, number, cells)
        except MisfitError as error:
            reason, remedy = reasons_of(error.faults)
            left_out.append(RowFault(number, reason, remedy))


def _drained(*faults: list[RowFault]) -> Iterator[Line]:
    """What was left out since the last time; emptied, so that nothing piles up."""
    for some in faults:
        taken, some[:] = some[:], []
        yield from (Line(one.row, "error", one.reason, one.remedy) for one in taken)


def _line(row: Incoming, outcome: Imported | GantangError) -> Line:
    if isinstance(outcome, Imported):
        reason, remedy = reasons_of([("point", code) for code in outcome.warnings])
        return Line(row.row, "again" if outcome.again else "added", reason, remedy)
    if isinstance(outcome, ReportInvalidError):
        return Line(
            row.row, "error", *reasons_of((one["field"], one["code"]) for one in outcome.details["fields"])
        )
    if isinstance(outcome, KeyReusedError):
        return Line(row.row, "error", *reasons_of([("key", "other_content")]))
    return Line(row.row, "error", outcome.words, outcome.remedy_words)
