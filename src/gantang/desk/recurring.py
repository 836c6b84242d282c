"""Recurring causes on the desk: what comes back where, causes by place with their trend, a workbook.

Exact, as the leader's page is: only who sees every matter of the ground gets it, so that no figure is small
enough to tell what its reader may not open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gantang.desk import rectifying
from gantang.desk.counted import NO_CAUSE
from gantang.desk.countforms import day_of, signed
from gantang.faces import names
from gantang.kit.actor import Actor
from gantang.matters.types import CauseCount, Causes
from gantang.territory import queries as territory

#: How many days a period has that nobody asked for.
DAYS = 90
#: Digits of a grid's code: nothing lies below it.
DEEPEST = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the list of its matters, empty where there is none."""

    n: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Again:
    """A cause that comes back in a place."""

    place: str
    deeper: str
    cause: str
    number: Number
    before: int
    change: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A cause with its numbers by place, together, before, and the change."""

    cause: str
    numbers: tuple[Number, ...]
    total: Number
    before: int
    change: str


def period(since: str, until: str, today: date) -> tuple[date, date]:
    """From day to day as the address writes them; what does not fit is the last quarter of a year."""
    first, last = day_of(since), min(day_of(until) or today, today)
    first = first or last - timedelta(days=DAYS - 1)
    return (first, last) if first <= last else (today - timedelta(days=DAYS - 1), today)


def again(actor: Actor, found: Causes) -> list[Again]:
    """What comes back, the most first; with a key where the actor may open a rectification item for it."""
    return [
        Again(
            place=" ".join(territory.path(one.ground)[-2:]) or one.ground,
            deeper="" if one.ground == found.ground else _address(found, one.ground),
            cause=names.cause(one.cause),
            number=_number(found, one.ground, one.cause, one.n),
            before=one.before,
            change=signed(one.change),
            key=f"{one.ground}/{one.cause}" if rectifying.may_open(actor, one.ground) else "",
        )
        for one in found.recurring
    ]


def chosen(found: Causes, key: str) -> CauseCount | None:
    """The line of a key."""
    return next((one for one in found.recurring if f"{one.ground}/{one.cause}" == key), None)


def grounds(found: Causes) -> list[str]:
    """The places that have something, in the order of their codes."""
    return sorted({one.ground for one in found.counts if one.n})


def heads(found: Causes) -> tuple[str, ...]:
    """The heads: the cause, each place by its last name, together and before."""
    codes = grounds(found)
    names_of = territory.names(codes)
    places = (_place(found, code, names_of.get(code, code)) for code in codes)
    return (_("起因"), *places, _("合计"), _("上一期"), _("增减"))


def _place(found: Causes, code: str, name: str) -> str:
    is_wide = code == found.ground and len(code) < DEEPEST
    return _("%(place)s本级") % {"place": name} if is_wide else name


def rows(found: Causes) -> list[Row]:
    """Every cause that has or had something, in the order of the tree, those without a cause last."""
    titles = names.causes()
    order = {code: at for at, code in enumerate(titles)}
    here = sorted({one.cause for one in found.counts}, key=lambda one: (order.get(one, len(order)), one))
    return [_row(found, cause, titles) for cause in [*filter(None, here), *([""] if "" in here else [])]]


def _row(found: Causes, cause: str, titles: dict[str, str]) -> Row:
    mine = {one.ground: one for one in found.counts if one.cause == cause}
    n, before = sum(one.n for one in mine.values()), sum(one.before for one in mine.values())
    cells = tuple(
        _number(found, code, cause, mine[code].n) if code in mine else Number(0) for code in grounds(found)
    )
    return Row(
        names.cause(cause, titles), cells, _linked(found, found.ground, cause, n), before, signed(n - before)
    )


def _number(found: Causes, ground: str, cause: str, n: int) -> Number:
    """A number that opens its matters. What lies on the whole ground, and in no place of it, has no list."""
    wide = ground == found.ground and len(ground) < DEEPEST
    return Number(n) if wide else _linked(found, ground, cause, n)


def _linked(found: Causes, ground: str, cause: str, n: int) -> Number:
    if not n:
        return Number(0)
    key = {"view": "all", "counted": "closed", "since": found.since, "until": found.until}
    split = {"urban": found.urban} if found.urban else {}
    where = {"ground": ground, "cause": cause or NO_CAUSE}
    return Number(n, reverse("desk:queue") + "?" + urlencode({**key, **where, **split}))


def _address(found: Causes, ground: str) -> str:
    given = {"since": found.since, "until": found.until, "ground": ground}
    return "?" + urlencode({**given, **({"urban": found.urban} if found.urban else {})})


def table(found: Causes) -> Iterator[Sequence[Any]]:
    """The workbook's rows."""
    for one in rows(found):
        yield (one.cause, *(each.n for each in one.numbers), one.total.n, one.before, one.change)
