"""Days of a calendar from a table: a notice or a local list as a CSV or a workbook.

Columns, in Chinese or English, in any order: 日期 on, 类型 kind, 名称 zh, 英文名称 en, 时间 hours.
A row of the kind 取消 (clear) takes a listed day back.
"""

import re
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from gantang.catalogue.types import CalendarChange, DayFault, LocalDay
from gantang.engine import DayKind, Words
from gantang.sheets import queries as sheets

COLUMNS = {"日期": "on", "类型": "kind", "名称": "zh", "英文名称": "en", "时间": "hours"}
CLEAR = "clear"
KINDS = {
    "休息": DayKind.REST,
    "放假": DayKind.REST,
    "上班": DayKind.WORKING,
    "半天": DayKind.WORKING,
    "调休上班": DayKind.MAKEUP,
    "取消": CLEAR,
}
_SPAN = re.compile(r"(\d{1,2}[:：]\d{2})\s*[-–—至~]\s*(\d{1,2}[:：]\d{2})")


class _RowError(ValueError):
    """A row that cannot be taken, in words."""


def read_days(
    table: Path | BinaryIO, *, ground: str, source: str, year: int | None = None, whole: bool = False
) -> tuple[CalendarChange, list[DayFault]]:
    """The change that a table means, and the rows that cannot be read. Errors: SheetError.

    ``year`` publishes a national notice; ``whole`` says that the table is all that is listed for its years.
    """
    rows = sheets.read(table)
    put: list[LocalDay] = []
    clear: list[date] = []
    faults: list[DayFault] = []
    for number, row in rows:
        given = {COLUMNS.get(name.strip(), name.strip().lower()): text.strip() for name, text in row.items()}
        try:
            on, kind = _day(given), _kind(given)
            if kind == CLEAR:
                clear.append(on)
            else:
                title = Words(given.get("zh", ""), given.get("en", ""))
                put.append(LocalDay(ground, on, kind, title, _hours(given), source))
        except _RowError as error:
            faults.append(DayFault(number, str(error)))
    faults += [DayFault(one.row, one.reason) for one in rows.faults]
    years = frozenset(one.on.year for one in put) if whole else frozenset()
    return CalendarChange(ground, tuple(put), tuple(clear), year, source, whole=years), faults


def _day(row: dict[str, str]) -> date:
    try:
        return sheets.as_date(row.get("on", ""))
    except ValueError:
        raise _RowError(_("日期写法不对，请写成2027-01-01。")) from None


def _kind(row: dict[str, str]) -> str:
    text = row.get("kind", "")
    kind = KINDS.get(text, text.lower())
    if kind not in {*DayKind, CLEAR}:
        raise _RowError(_("类型请写：休息、调休上班、上班、半天或取消。"))
    return str(kind)


def _hours(row: dict[str, str]) -> tuple[tuple[str, str], ...] | None:
    text = row.get("hours", "")
    if not text:
        if row.get("kind") == "半天":
            raise _RowError(_("半天要写时间，如09:00-12:00。"))
        return None
    found = tuple((a.replace("：", ":"), b.replace("：", ":")) for a, b in _SPAN.findall(text))
    if not found or _SPAN.sub("", text).strip(" ,，;；、"):
        raise _RowError(_("时间写法不对，请写成09:00-12:00 13:30-17:30。"))
    return found
