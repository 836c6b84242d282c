"""Balances on the desk (消存量、减增量、控变量): classes of issues and owners, all classes, a workbook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.catalogue import queries as catalogue
from gantang.desk.countforms import day_of, offered, signed
from gantang.faces import names
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Balance, Balances

#: Slots of the classes of prominent issues, whose names no public source gives; what is written there.
ISSUES = "stability.class_"
NAME, CLASSES = "名称", "类别"
GOAL, LEADER, LEAD, COOPERATING = "工作目标", "责任领导", "牵头单位", "协同单位"
#: Figures, by the column each shows.
COLUMNS = {
    "opening": gettext_lazy("期初在办"),
    "new": gettext_lazy("新增"),
    "reopened": gettext_lazy("重新办理"),
    "closed": gettext_lazy("办结等"),
    "transferred": gettext_lazy("移送外市"),
    "carried": gettext_lazy("期末在办"),
    "change": gettext_lazy("增减"),
}
HALVES = {"urban": gettext_lazy("其中城镇"), "rural": gettext_lazy("其中乡村")}
#: Parts of a class's code that make a line of the table of all classes.
DEPTH = 2
_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, slots=True)
class Issue:
    """One class of prominent issues as its slot has it, with its figures; None where it names no class."""

    number: int
    name: str
    goal: str
    leader: str
    lead: str
    cooperating: str
    balance: Balance | None
    unknown: tuple[str, ...] = ()


def grounds(actor: Actor) -> list[tuple[str, str]]:
    """The grounds the actor may count on: those of its sight and the next below."""
    return offered(queries.balance_grounds(actor))


def period(since: str, until: str, today: date) -> tuple[date, date]:
    """From day to day as the address writes them; what does not fit is the year so far."""
    first, last = day_of(since) or today.replace(month=1, day=1), day_of(until) or today
    last = min(last, today)
    return (first, last) if first <= last else (today.replace(month=1, day=1), today)


def issues(found: Balances) -> list[Issue]:
    """The classes of issues that have a name, in their order."""
    known = {one.code for one in catalogue.classes()}
    slots = [one for one in catalogue.slots() if one.code.startswith(ISSUES)]
    return [
        _issue(number, slot.value, found, known)
        for number, slot in enumerate(slots, start=1)
        if isinstance(slot.value, dict) and slot.value.get(NAME)
    ]


def _issue(number: int, told: dict[str, Any], found: Balances, known: set[str]) -> Issue:
    written = [one for one in _BETWEEN.split(str(told.get(CLASSES, ""))) if one]
    by_title = {title: code for code, title in names.classes().items()}
    codes = [by_title.get(one, one) for one in written]
    unknown = tuple(one for one, code in zip(written, codes, strict=True) if code not in known)
    of = [code for code in codes if code in known]
    balance = found.of(of) if of else None
    name, goal, leader, lead, cooperating = (
        str(told.get(key, "")) for key in (NAME, GOAL, LEADER, LEAD, COOPERATING)
    )
    return Issue(number, name, goal, leader, lead, cooperating, balance, unknown)


def classes(found: Balances) -> list[tuple[str, Balance]]:
    """Title and figures of each class that has or had something."""
    titles = names.classes()
    lines = found.by(DEPTH)
    return [(names.class_path(one.class_code, titles) or one.class_code or _("未分类"), one) for one in lines]


def halves(found: Balances) -> list[tuple[str, Balance]]:
    """Town and country, whose figures are a part of the total each; both, also where one has nothing."""
    by_name = {one.class_code: one for one in found.halves}
    return [(str(title), by_name.get(name, Balance(name))) for name, title in HALVES.items()]


def figures(one: Balance | None) -> list[Any]:
    """The figures in the order of the columns, the change with its sign; blanks where there are none."""
    if one is None:
        return [""] * len(COLUMNS)
    return [signed(one.change) if name == "change" else getattr(one, name) for name in COLUMNS]


def heads() -> tuple[str, ...]:
    """The heads of the workbook."""
    owners = (_("工作目标"), _("责任领导"), _("牵头单位"), _("协同单位"))
    return (_("类别"), *owners, *(str(one) for one in COLUMNS.values()))


def rows(found: Balances) -> Iterator[tuple[Any, ...]]:
    """The workbook: classes of issues with their owners, all classes, town and country, the total last."""
    for one in issues(found):
        yield (one.name, one.goal, one.leader, one.lead, one.cooperating, *figures(one.balance))
    for title, line in (*classes(found), *halves(found)):
        yield (title, "", "", "", "", *figures(line))
    yield (_("合计"), "", "", "", "", *figures(found.total))
