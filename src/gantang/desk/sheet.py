"""A list as a table to take along: words instead of codes, gists, never people."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gantang.desk.lines import Line, lines
from gantang.kit import numbers
from gantang.kit.page import Page
from gantang.matters.types import MatterRow

Read = Callable[[str | None], Page[MatterRow]]


def columns() -> list[str]:
    """The head of the table."""
    names = (_("编号"), _("事由"), _("类别"), _("地方"), _("怎么来的"), _("状态"), _("在办单位"))
    return [*names, _("急件"), _("督办"), _("收到"), _("期限"), _("结束")]


def read(page_at: Read, *, now: datetime) -> Iterator[tuple[MatterRow, Line]]:
    """Every matter of a list and its line, page by page; ``page_at`` takes a cursor (None at first)."""
    cursor: str | None = None
    while True:
        page = page_at(cursor)
        yield from zip(page.items, lines(page.items, now=now), strict=True)
        cursor = page.next
        if cursor is None:
            return


def rows(page_at: Read, *, now: datetime) -> Iterator[list[Any]]:
    """The same as rows of the table."""
    return (_row(row, line) for row, line in read(page_at, now=now))


def _row(row: MatterRow, line: Line) -> list[Any]:
    shown = (numbers.show(row.number), row.gist, line.class_title, line.ground, line.channel)
    level = str(line.supervision.word) if line.supervision else ""
    urgent = _("是") if row.urgent else ""
    moments = (_moment(at) for at in (row.opened_at, row.due_at, row.ended_at))
    return [*shown, str(line.sign.word), line.unit, urgent, level, *moments]


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
