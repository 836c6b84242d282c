"""Who saw what, in words: of a matter, and of a unit in a span of days. Never of a person."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.desk.countforms import day_of
from gantang.desk.people import FIELDS, REASONS
from gantang.identity import queries as accounts
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import NotFoundError
from gantang.matters import queries
from gantang.matters.types import LooksPage, LookView, MatterView
from gantang.posts import queries as posts
from gantang.posts.types import UnitView

WHAT = {
    "texts": gettext_lazy("原话、留言和所填内容（一天记一次）"),
    "document": gettext_lazy("一份文书"),
    "asked": gettext_lazy("按%(field)s查找"),
}
WHY = {**REASONS, "document": gettext_lazy("看文书")}
#: So many stand on a matter's page; the rest on a page of their own.
FEW = 5
#: As many days are asked for at once, and these at first.
MOST_DAYS, DAYS = 92, 7


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody looked: when, for which post, at what, why; ``number`` "" where it is not in sight."""

    at: datetime
    who: str
    account: str
    what: str
    why: str
    number: str


def newest(actor: Actor, matter: MatterView) -> dict[str, Any]:
    """The last few of a matter, and whether there are more."""
    page = queries.looks(actor, matter.id, most=FEW)
    return {"lines": _lines(page), "more": page.next is not None, "watches": watched(actor)}


def of_matter(actor: Actor, matter: MatterView, before: str) -> dict[str, Any]:
    """A page of them. Errors: NotFoundError for a place that is none."""
    page = queries.looks(actor, matter.id, before=_place(before))
    lines = _lines(page)
    return {"lines": lines, "next": page.next, "named": any(one.account for one in lines)}


def of_unit(actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """The form, and what the unit's posts looked at where one is named."""
    today = clock.now().date()
    until = day_of(asked.get("until", "")) or today
    since = day_of(asked.get("since", "")) or until - timedelta(days=DAYS - 1)
    since = max(min(since, until), until - timedelta(days=MOST_DAYS - 1))
    units = _units(actor, today)
    wanted = asked.get("unit", "")
    unit = next((one for one in units if str(one.id) == wanted), units[0] if units and not wanted else None)
    if unit is None:
        return {"units": units, "unit": None, "since": since, "until": until, "found": None}
    page = queries.looks_of_unit(
        actor, unit, since=_start(since), until=_start(until + timedelta(days=1)), before=_place(_of(asked))
    )
    found = {"lines": _lines(page), "next": page.next}
    return {"units": units, "unit": unit, "since": since, "until": until, "found": found}


def _of(asked: QueryDict) -> str:
    return str(asked.get("before", ""))


def _units(actor: Actor, on: date) -> list[UnitView]:
    """The units that the actor may ask about, its own first: those on the grounds that it watches."""
    grounds = {one.ground for one in actor.sight if one.duty in queries.WATCH}
    if actor.admin and actor.unit is not None:
        grounds.add(posts.unit(actor.unit).ground)
    every = {one.id: one for ground in sorted(grounds) for one in _on(ground, on)}
    may = [one for one in every.values() if queries.watches(actor, one)]
    return sorted(may, key=lambda one: one.id != actor.unit)


def _on(ground: str, on: date) -> list[UnitView]:
    if ground.startswith("~"):
        return [posts.unit(int(ground[1:]))] if ground[1:].isdecimal() else []
    return posts.units(ground, on=on)


def _lines(page: LooksPage) -> list[Line]:
    words = posts.post_words({one.post for one in page.lines if one.post})
    numbers = {one.account for one in page.lines if one.account}
    names = accounts.names(numbers) if numbers else {}
    return [_line(one, words, names) for one in page.lines]


def _line(one: LookView, words: dict[int, str], names: dict[int, str]) -> Line:
    field = FIELDS.get(one.field, one.field)
    what = WHAT.get(one.what, field)
    return Line(
        one.at,
        words.get(one.post or 0) or _client(one),
        names.get(one.account or 0, ""),
        str(what) % {"field": field} if one.what == "asked" else str(what),
        str(WHY.get(one.reason, one.reason)),
        one.number,
    )


def _client(one: LookView) -> str:
    return _("接口程序") if one.client.startswith("api") else one.client.partition(":")[0]


def _place(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFoundError from None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.ZONE)


def watched(actor: Actor) -> bool:
    """Whether an actor has a unit to ask about at all: its door shows the way."""
    return actor.admin or any(one.duty in queries.WATCH for one in actor.sight)
