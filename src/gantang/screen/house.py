"""What stands around the counts: the five functions, who is on duty, grids without an owner, campaigns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.catalogue import queries as catalogue
from gantang.faces.vocabulary import Sign
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.procedures.types import CampaignView
from gantang.screen import figures
from gantang.screen.figures import Days
from gantang.screen.measures import OPEN, Asked, rows
from gantang.screen.rules.hiding import shown
from gantang.screen.sight import Seen
from gantang.territory import queries as territory

#: Remits change by the day: what is read of all grids below is kept so many seconds.
KEPT = 600
#: Campaigns and stationed units that fit.
CAMPAIGNS, UNITS = 2, 14
_SIGNS = {
    "command": Sign("", icon="headset", word=""),
    "information": Sign("", icon="database", word=""),
    "warning": Sign("", icon="radar-2", word=""),
    "prevention": Sign("", icon="shield-check", word=""),
    "service": Sign("", icon="heart-handshake", word=""),
}


@dataclass(frozen=True, slots=True)
class Function:
    """One of the five: its figure, what it counts, a word about it, and whether a unit fills it."""

    code: str
    icon: str
    title: str
    figure: str
    what: str
    rows: str
    said: str
    tone: str


def functions(seen: Seen, asked: Asked, days: Days, open_now: int, ways: int) -> list[Function]:
    """The five functions of the ground's own centre, with what the counts say of each."""
    filled = _filled(seen, asked)
    late = days.sum("late", 7)
    rated, rating = days.sum("rated", 28), days.sum("rating", 28)
    ways_words = _("%(n)d个渠道") % {"n": ways}
    told = (
        ("command", _("指挥调度"), days.on("accepted"), _("次今天受理"), "accepted"),
        ("information", _("信息应用"), days.on("in"), _("件今天新收"), "in"),
        ("warning", _("预测预警"), days.sum("found", 7), _("件近7天排查发现"), "found"),
        ("prevention", _("防范处置"), open_now, _("件在办"), OPEN),
        ("service", _("为民服务"), rated, _("次近28天评价"), "rated"),
    )
    words = {
        "command": _supervised(days),
        "information": ways_words,
        "prevention": _late(late),
        "service": _rated(rating, rated),
    }
    since = {"warning": 6, "service": 27}
    return [
        Function(
            code,
            _SIGNS[code].icon,
            title,
            shown(n),
            what,
            rows(
                seen,
                measure,
                since=days.today - timedelta(days=since.get(code, 0)),
                until=days.today,
                basis=asked.basis,
            ),
            words.get(code, "") if filled.get(code) or not filled else _("没有单位承担"),
            "warn" if filled and not filled.get(code) else ("bad" if code == "prevention" and late else "ok"),
        )
        for code, title, n, what, measure in told
    ]


def _supervised(days: Days) -> str:
    n = days.sum("supervised", 7)
    return _("近7天督办%(n)s次") % {"n": shown(n)} if n else _("近7天没有督办")


def _late(n: int) -> str:
    return _("近7天超期%(n)s次") % {"n": shown(n)} if n else _("近7天没有超期")


def _rated(rating: int, rated: int) -> str:
    return _("平均%(n).1f分") % {"n": rating / rated} if rated >= 5 else ""


def centre_of(seen: Seen, asked: Asked) -> int | None:
    """The ground's own centre; none where there is none."""
    level = (2, 4, 6, 9, 12).index(len(seen.ground)) + 1 if len(seen.ground) < 15 else 0
    found = posts.units(seen.ground, on=asked.today, level=level, kind="centre") if level else []
    return next((one.id for one in found if one.ground == seen.ground), None)


def _filled(seen: Seen, asked: Asked) -> dict[str, tuple[int, ...]]:
    centre = centre_of(seen, asked)
    return posts.functions(centre, asked.today) if centre else {}


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A unit in the centre: how it stands there, and whether anybody holds a post of it today."""

    name: str
    way: str
    staffed: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """The units of the centre; ``open``: it is working time by the ground's calendar."""

    open: bool
    units: tuple[OnDuty, ...]
    more: int

    @property
    def missing(self) -> list[str]:
        """Those where nobody holds a post."""
        return [one.name for one in self.units if not one.staffed]


def duty(seen: Seen, asked: Asked, now: datetime) -> Duty:
    """Who is to be there now: by stationing, posts and calendar, never by where anybody is."""
    centre = centre_of(seen, asked)
    stationed = posts.stationed(centre, asked.today) if centre else []
    names = posts.unit_names(one.unit for one in stationed)
    who, place = posts.resolver(asked.today), territory.names([seen.ground]).get(seen.ground, "")
    ways = {"resident": _("常驻"), "rotating": _("轮驻"), "on_call": _("随驻")}
    units = tuple(
        OnDuty(
            names.get(one.unit, "").removeprefix(place),
            ways.get(one.way, ""),
            any(
                not serving.stands_in
                for post in posts.posts(one.unit, asked.today)
                for serving in who.serving(unit=one.unit, post=post.id)
            ),
        )
        for one in stationed[:UNITS]
    )
    return Duty(catalogue.calendar_for(seen.ground).is_open(now), units, max(0, len(stationed) - UNITS))


def unowned(seen: Seen, asked: Asked) -> int:
    """How many grids there are that no remit names anybody for; read at most once in ten minutes."""
    key = f"screen.unowned.{seen.ground}.{asked.today:%Y%m%d}"
    found = cache.get(key)
    if found is None:
        found = len(posts.unhandled(seen.ground, on=asked.today))
        cache.set(key, found, KEPT)
    return int(found)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A campaign on the ground: so many have reported, of so many that were asked."""

    title: str
    reported: int
    opened: int
    zero: int
    found: int
    address: str

    @property
    def share(self) -> float:
        """In per cent."""
        return round(100 * self.reported / self.opened, 1) if self.opened else 0.0

    @property
    def missing(self) -> int:
        """Those that have not reported."""
        return self.opened - self.reported


def coverages(seen: Seen, asked: Asked) -> list[Coverage]:
    """The campaigns under way that bear on the ground, the newest first."""
    running = [one for one in procedures.campaigns(states=("opening", "open")) if _bears(one, seen)]
    counted = figures.campaigns(seen, [one.id for one in running])
    lang = get_language() or "zh-hans"
    found = [
        Coverage(
            one.title.of(lang),
            each["reported"],
            each["opened"],
            each["zero"],
            each["found"],
            reverse("desk:campaign", args=[one.id]),
        )
        for one in running
        if (each := counted.get(one.id))
    ]
    return found[:CAMPAIGNS]


def _bears(one: CampaignView, seen: Seen) -> bool:
    """Whether it asks anybody on the ground; one that names units shows where they are counted."""
    grounds: Sequence[str] = one.grounds
    return not grounds or any(g.startswith(seen.ground) or seen.ground.startswith(g) for g in grounds)
