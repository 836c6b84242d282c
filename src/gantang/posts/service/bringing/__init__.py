"""Units, posts, appointments and remits from a sheet: all of it or nothing, each error at its row."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.posts import book, errors
from gantang.posts.rules import sheet
from gantang.posts.service import common
from gantang.posts.service.bringing import known
from gantang.posts.service.bringing.appointments import Appointments
from gantang.posts.service.bringing.posts import Posts
from gantang.posts.service.bringing.remits import Remits
from gantang.posts.service.bringing.units import Units
from gantang.posts.types import RemitChange, SheetLine, SheetReport
from gantang.sheets import queries as sheets
from gantang.sheets.service import write_xlsx
from gantang.sheets.types import Rows

KINDS: dict[str, type[known.Rows]] = {
    sheet.REMITS: Remits,
    sheet.UNITS: Units,
    sheet.POSTS: Posts,
    sheet.APPOINTMENTS: Appointments,
}


class _NotTakenError(Exception):
    """Nothing is to remain of what was done."""


def import_sheet(
    *,
    actor: Actor,
    table: Path | BinaryIO,
    kind: str,
    within: str = "",
    replace: bool = False,
    dry: bool = False,
    now: datetime,
) -> SheetReport:
    """Take a sheet in. One wrong row, and nothing of it is taken; a second run changes nothing.

    ``within`` is the ground that all of it must lie on; ``replace`` ends the remit or the appointment
    that stands where a row begins; ``dry`` only tells. Errors: SheetError, WrongError for its columns,
    NotAdminError.
    """
    rows = sheets.read(table)
    cells, read = _read(kind, rows)
    lines = [SheetLine(one.row, "error", one.reason, one.remedy) for one in rows.faults]
    taken, changes = False, tuple[RemitChange, ...]()
    try:
        with common.change(actor, book.REMITS, book.STAFF) as w:
            wanted = KINDS[kind](known.Known(within), replacing=replace)
            lines += _lines(wanted, read)
            changes = wanted.changes()
            if dry or any(line.outcome == "error" for line in lines):
                raise _NotTakenError
            wanted.write(w, now)
            taken = True
    except _NotTakenError:
        pass
    ordered = tuple(sorted(lines, key=lambda line: line.row))
    return SheetReport(kind, rows.columns, cells, ordered, taken, changes)


def headings() -> dict[str, list[tuple[str, bool]]]:
    """The columns of each kind of sheet, and whether each must be filled."""
    return {kind: [(one.heading, one.needed) for one in columns] for kind, columns in sheet.COLUMNS.items()}


def returned(report: SheetReport) -> Iterator[bytes]:
    """The sheet as it came, with what became of each row behind it, as a workbook."""
    own = [name for name in report.columns if name not in sheet.ADDED]
    words = {"added": _("新增"), "changed": _("变更"), "same": _("不变"), "error": _("出错")}
    lines = (_cells(report, own, one, words[one.outcome]) for one in report.lines)
    return write_xlsx([*own, *sheet.ADDED], lines, sheet=report.kind)


def _cells(report: SheetReport, own: list[str], one: SheetLine, word: str) -> list[str]:
    given = report.cells.get(one.row, {})
    return [*(given.get(name, "") for name in own), str(one.row), word, one.reason, one.remedy]


def _read(kind: str, rows: Rows) -> tuple[dict[int, dict[str, str]], list[sheet.Read]]:
    found, missing, strange = sheet.headings(kind, rows.columns)
    if missing or strange:
        raise errors.wrong_columns(missing, strange)
    cells, read = {}, []
    for number, row in rows:
        cells[number] = row
        given = {found[name]: text for name, text in row.items() if name in found}
        read.append(sheet.read(kind, number, given))
    return cells, read


def _lines(wanted: known.Rows, read: Iterable[sheet.Read]) -> list[SheetLine]:
    """What ends comes first, so that what begins in its place finds it free."""
    ordered = sorted(read, key=lambda one: one.given.get("valid_to") is None)
    lines = {one.row: _line(wanted, one) for one in ordered}
    for row, error in wanted.late():
        lines[row] = _wrong(row, [error])
    return list(lines.values())


def _line(wanted: known.Rows, one: sheet.Read) -> SheetLine:
    if one.misfits:
        return _wrong(one.row, [errors.misfit(each.heading, each.code, each.text) for each in one.misfits])
    try:
        return SheetLine(one.row, wanted.take(one))
    except errors.RowError as several:
        return _wrong(one.row, several.found)
    except GantangError as error:
        return _wrong(one.row, [error])


def _wrong(row: int, found: list[GantangError]) -> SheetLine:
    remedies = dict.fromkeys(one.remedy_words for one in found if one.remedy_words)
    return SheetLine(row, "error", "".join(one.words for one in found), "".join(remedies))
