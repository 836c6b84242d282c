"""The leader's five questions, each answered in a sentence with one picture and the rows behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gantang.faces import names, words
from gantang.posts import queries as posts
from gantang.screen import charts, figures
from gantang.screen.figures import DAYS, Days
from gantang.screen.measures import OPEN, Asked, rows
from gantang.screen.rules.figures import interval
from gantang.screen.sight import Seen

#: Units with fewer closed matters are not compared (boundaries: small numbers are uncertain).
ENOUGH = 30
#: Lines of a list; weeks that the rise is told over; weeks it is compared with.
LINES, WEEKS, BEFORE = 5, 12, 4


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's share closed on time, with its interval, in per cent; ``late`` were not."""

    name: str
    closed: int
    late: int
    share: float
    low: float
    high: float
    rows: str

    @property
    def share_words(self) -> str:
        """The share as it is read."""
        return f"{self.share}%"


@dataclass(frozen=True, slots=True)
class Rise:
    """A class: what came in this week, and on average in each of four weeks before."""

    code: str
    title: str
    now: int
    usual: float
    rows: str

    @property
    def usual_words(self) -> str:
        """The average as it is read."""
        return f"{self.usual:g}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: what, how many, where the rows are."""

    title: str
    n: int
    rows: str


def answers(seen: Seen, asked: Asked) -> dict[str, Any]:
    """All that the page shows: as many statements at any level."""
    days, stock = figures.days(seen, asked), figures.stocks(seen, asked, DAYS)
    shares = slowest(seen, asked, figures.units(seen, asked))
    rises = rising(seen, asked)
    weeks = _weeks(seen, asked, rises[0].code if rises else "")  # asked for in any case: as many statements
    since = asked.today - timedelta(days=DAYS - 1)
    return {
        "open": stock[-1],
        "change": stock[-1] - stock[0],
        "open_rows": rows(seen, OPEN, basis=asked.basis),
        "late": days.sum("late", DAYS),
        "stock": charts.stock(days, stock),
        "shares": shares,
        "enough": ENOUGH,
        "rises": rises,
        "rise": charts.weeks(asked, rises[0].title, weeks) if rises else None,
        "refused": days.sum("refused", DAYS),
        "refusals": refused(seen, asked, since),
        "closed": days.sum("closed", DAYS),
        "disputed": days.sum("disputed", DAYS),
        "reopened": days.sum("reopened", DAYS),
        "rated": days.sum("rated", DAYS),
        "rating": _mean(days),
        "behind": {
            name: rows(seen, name, since=since, until=asked.today, basis=asked.basis)
            for name in ("late", "refused", "closed", "disputed", "reopened", "rated")
        },
    }


def _mean(days: Days) -> str:
    """The average rating, where enough people gave one."""
    rated = days.sum("rated", DAYS)
    return f"{days.sum('rating', DAYS) / rated:.1f}" if rated >= LINES else ""


def slowest(seen: Seen, asked: Asked, counted: Mapping[int, Mapping[str, int]]) -> list[Share]:
    """The units with enough closed matters, the smallest share on time first."""
    titles = posts.unit_names(counted)
    since = asked.today - timedelta(days=DAYS - 1)
    found = []
    for unit, each in counted.items():
        closed, on_time = each["closed"], min(each["on_time"], each["closed"])
        if closed < ENOUGH:
            continue
        low, high = interval(on_time, closed)
        behind = rows(seen, "late_closed", since=since, until=asked.today, unit=unit, basis=asked.basis)
        share, low, high = (round(100 * one, 1) for one in (on_time / closed, low, high))
        name = titles.get(unit, str(unit))
        found.append(Share(name, closed, closed - on_time, share, low, high, behind))
    return sorted(found, key=lambda one: one.share)[:LINES]


def rising(seen: Seen, asked: Asked) -> list[Rise]:
    """The classes that came in more often this week than usual, by how much more; small ones are left out."""
    since = asked.today - timedelta(days=6)
    now = _tops(figures.classes(seen, asked, since=since, until=asked.today))
    before = _tops(
        figures.classes(seen, asked, since=since - timedelta(weeks=BEFORE), until=since - timedelta(days=1))
    )
    titles = names.classes()
    found = [
        Rise(
            code,
            titles.get(code, code) or _("未分类"),
            n,
            round(before.get(code, 0) / BEFORE, 1),
            _class_rows(seen, asked, code, since),
        )
        for code, n in now.items()
        if n >= LINES and n > before.get(code, 0) / BEFORE
    ]
    return sorted(found, key=lambda one: one.usual - one.now)[:LINES]


def _tops(counted: Mapping[str, int]) -> dict[str, int]:
    """Counts by the second level of the tree of classes."""
    found: dict[str, int] = {}
    for klass, n in counted.items():
        top = ".".join(klass.split(".")[:2])
        found[top] = found.get(top, 0) + n
    return found


def _class_rows(seen: Seen, asked: Asked, klass: str, since: date, measure: str = "in") -> str:
    narrowed = Seen(seen.ground, (klass,))
    return rows(narrowed, measure, since=since, until=asked.today, basis=asked.basis)


def _weeks(seen: Seen, asked: Asked, klass: str) -> list[tuple[str, int]]:
    """What came in of a class in each of twelve weeks that end today."""
    counted = figures.of_class(seen, asked, klass, since=asked.today - timedelta(days=7 * WEEKS - 1))
    found = []
    for back in range(WEEKS - 1, -1, -1):
        last = asked.today - timedelta(days=7 * back)
        n = sum(counted.get(last - timedelta(days=day), 0) for day in range(7))
        found.append((words.day(last, today=asked.today, weekday=False), n))
    return found


def refused(seen: Seen, asked: Asked, since: date) -> list[Line]:
    """What was refused, by class, the most first."""
    counted = _tops(figures.classes(seen, asked, since=since, until=asked.today, measure="refused"))
    titles = names.classes()
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:LINES]
    return [
        Line(titles.get(code, code) or _("未分类"), n, _class_rows(seen, asked, code, since, "refused"))
        for code, n in ranked
    ]
