"""The monthly form of mediation on the desk, and as a workbook: the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk.countforms import offered
from gantang.faces import names
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Figures, Monthly, MonthlyLine

#: Columns of the form, by the figure each shows.
COLUMNS = {
    "accepted": gettext_lazy("受理件数"),
    "own_motion": gettext_lazy("主动调解"),
    "applied": gettext_lazy("依申请"),
    "entrusted": gettext_lazy("接受委托移送"),
    "agreed": gettext_lazy("调解成功件数"),
    "oral": gettext_lazy("其中口头协议"),
    "rate": gettext_lazy("成功率"),
    "yuan": gettext_lazy("协议涉及金额（元）"),
    "performed": gettext_lazy("协议履行件数"),
    "crime": gettext_lazy("防止转化为刑事案件"),
    "mass_petition": gettext_lazy("防止群体性上访"),
}
#: What is compared with the month before and with the same month of the year before.
COMPARED = ("accepted", "agreed", "yuan")
BEFORE, YEAR_BEFORE = gettext_lazy("上期"), gettext_lazy("同期")


@dataclass(frozen=True, slots=True)
class Shown:
    """The form as rows of cells under their heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


def grounds(actor: Actor) -> list[tuple[str, str]]:
    """The grounds the actor may count on: those of its sight and the next below."""
    tops = sorted({one.ground for one in actor.sight if queries.may_count(actor, one.ground)})
    return offered(tops)


def month_of(text: str, today: date) -> date:
    """A month as the address writes it, ``2026-11``; this one where it does not fit."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= today.year else today.replace(day=1)


def heads() -> tuple[str, ...]:
    """The heads of all columns."""
    compared = [f"{COLUMNS[name]} {when}" for name in COMPARED for when in (BEFORE, YEAR_BEFORE)]
    return (_("纠纷类型"), *(str(one) for one in COLUMNS.values()), *compared)


def shown(form: Monthly) -> Shown:
    """The form for the page."""
    made = [tuple(_word(cell) for cell in row) for row in rows(form)]
    return Shown(heads(), tuple(made[:-1]), made[-1])


def rows(form: Monthly) -> Iterator[tuple[Any, ...]]:
    """The form row by row, the total last."""
    titles = names.classes()
    for line in form.lines:
        yield _row(titles.get(line.class_code, line.class_code), line)
    yield _row(_("合计"), form.total)


def _row(title: str, line: MonthlyLine) -> tuple[Any, ...]:
    compared = [_figure(some, name) for name in COMPARED for some in (line.before, line.year_before)]
    return (title, *(_figure(line.now, name) for name in COLUMNS), *compared)


def _figure(some: Figures, name: str) -> Any:
    if name == "rate":
        return "" if some.rate is None else f"{some.rate:.1%}"
    return getattr(some, name)


def _word(cell: Any) -> str:
    return f"{cell:,.2f}" if isinstance(cell, float) else str(cell)
