"""A centre as a resident reads it: open or not, its week, what it does and what to bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.faces import words
from gantang.faces.vocabulary import Sign
from gantang.reception import queries
from gantang.reception.types import Day, ListingView, OfferView
from gantang.territory import queries as territory

OPEN = Sign("leaf", icon="circle-check", word=gettext_lazy("现在开门"))
CLOSED = Sign("stone", icon="clock", word=gettext_lazy("现在没开门"))
#: So many centres stand on one page; more are found by county.
MOST = 40
COUNTY = 6
_WEEKDAYS = (
    gettext_lazy("星期一"),
    gettext_lazy("星期二"),
    gettext_lazy("星期三"),
    gettext_lazy("星期四"),
    gettext_lazy("星期五"),
    gettext_lazy("星期六"),
    gettext_lazy("星期日"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A centre in a list: what it is, whether it is open, and until when either way."""

    listing: ListingView
    sign: Sign
    says: str


def line(one: ListingView, now: datetime) -> Line:
    """A centre with its doors in a sentence."""
    found = queries.doors(one, now)
    if found.is_open and found.at:
        return Line(one, OPEN, _("开到%(at)s。") % {"at": f"{found.at:%H:%M}"})
    why = found.why[1 if words.is_english() else 0]
    said = _("今天是%(why)s。") % {"why": why} if why else ""
    if found.at is None:
        return Line(one, CLOSED, said + _("开门时间还没有公布，请打电话问。"))
    return Line(one, CLOSED, said + _("%(at)s开门。") % {"at": words.moment(found.at, now=now)})


def listed(ground: str, now: datetime) -> dict[str, Any]:
    """The centres of a ground, the nearest level first, and the counties to narrow it to."""
    found = queries.listings(ground)
    counties = sorted({one.ground[:COUNTY] for one in queries.listings() if len(one.ground) >= COUNTY})
    names = territory.names(counties)
    return {
        "lines": [line(one, now) for one in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "counties": [(code, names.get(code, code)) for code in counties],
        "ground": ground,
    }


def page_of(one: ListingView, now: datetime) -> dict[str, Any]:
    """A centre with its week and its services."""
    lang = get_language() or ""
    return {
        "line": line(one, now),
        "week": [
            (_WEEKDAYS[day], [f"{a}–{b}" for a, b in one.week.get(day, ())], day == now.weekday())
            for day in range(7)
        ],
        "offers": [
            {"offer": each, "name": each.service.name(lang), "bring": each.service.things(lang)}
            for each in one.offers
        ],
    }


def booking_of(one: ListingView, offered: OfferView, chosen: str, now: datetime) -> dict[str, Any]:
    """The days that have a place left, and the times of the chosen one: the first where none is chosen."""
    days = queries.days(one, offered, now)
    free = [each for each in days if any(time.left for time in each.times)]
    picked = next((each for each in free if each.on.isoformat() == chosen), free[0] if free else None)
    return {
        "days": [(each, _left(each)) for each in free],
        "picked": picked,
        "closed": _closed(days),
        "offer": offered,
        "name": offered.service.name(get_language() or ""),
        "bring": offered.service.things(get_language() or ""),
    }


def _left(one: Day) -> int:
    return sum(time.left for time in one.times)


def _closed(days: Sequence[Day]) -> list[tuple[date, str]]:
    """The rest days among them, by name."""
    index = 1 if words.is_english() else 0
    return [(one.on, one.why[index]) for one in days if one.why[index]]
