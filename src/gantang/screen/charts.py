"""What the charts draw, as plain values: a page hands them over in an attribute, and says them in a table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from gantang.faces import words
from gantang.posts import queries as posts
from gantang.screen.figures import DAYS, Days
from gantang.screen.measures import MEASURES, Asked, rows
from gantang.screen.rules.hiding import drawn, shown
from gantang.screen.sight import Seen

#: Units that a picture holds.
MOST = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table behind a chart: cells, each with where it leads ("" leads nowhere)."""

    head: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """``data`` is JSON for the script: kind, x, series (name, tone, values); ``said`` is it in a sentence."""

    title: str
    said: str
    data: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def trend(seen: Seen, asked: Asked, days: Days) -> Chart:
    """What came in and was closed, day by day, in 28 days."""
    names = ("in", "closed")
    on = [days.today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    x = [words.day(one, today=days.today, weekday=False) for one in on]
    sums = {name: days.sum(name, DAYS) for name in names}
    said = _("近28天新收%(came)s件，办结%(went)s件。") % {
        "came": shown(sums["in"]),
        "went": shown(sums["closed"]),
    }
    lines = []
    for n, one in enumerate(on):
        links = (rows(seen, name, since=one, until=one, basis=asked.basis) for name in names)
        figures = (shown(days.line(name)[n]) for name in names)
        lines.append(Row(x[n], tuple(zip(figures, links, strict=True))))
    series = [
        (name, tone, [drawn(n) for n in days.line(name)])
        for name, tone in zip(names, ("dai", "leaf"), strict=True)
    ]
    return Chart(_("近28天进出"), said, _data("line", x, series), _heads(names), tuple(reversed(lines)))


def by_unit(seen: Seen, asked: Asked, counted: Mapping[int, Mapping[str, int]]) -> Chart:
    """Which units were late, refused, had matters reopened, in 28 days; the most first."""
    names = ("late", "refused", "reopened")
    since = asked.today - timedelta(days=DAYS - 1)
    ranked = sorted(counted, key=lambda unit: (-sum(counted[unit][name] for name in names), unit))
    kept = [unit for unit in ranked if any(counted[unit][name] for name in names)][:MOST]
    titles = posts.unit_names(kept)
    lines = []
    for unit in kept:
        links = (
            rows(seen, name, since=since, until=asked.today, unit=unit, basis=asked.basis) for name in names
        )
        figures = (shown(counted[unit][name]) for name in names)
        lines.append(Row(titles.get(unit, str(unit)), tuple(zip(figures, links, strict=True))))
    series = [
        (name, tone, [drawn(counted[unit][name]) for unit in kept])
        for name, tone in zip(names, ("zhu", "plum", "amber"), strict=True)
    ]
    said = (
        _("近28天，%(n)d个单位有超期、退单或重开。") % {"n": len(kept)}
        if kept
        else _("近28天没有超期、退单和重开。")
    )
    x = [titles.get(unit, str(unit)) for unit in kept]
    return Chart(_("近28天各单位"), said, _data("bars", x, series), _heads(names, _("单位")), tuple(lines))


def stock(days: Days, values: list[int]) -> Chart:
    """The open matters at the end of each of 28 days."""
    on = [days.today - timedelta(days=back) for back in range(len(values) - 1, -1, -1)]
    x = [words.day(one, today=days.today, weekday=False) for one in on]
    said = _("在办从%(first)d件到%(last)d件。") % {"first": values[0], "last": values[-1]}
    lines = [Row(day, ((f"{n:,}", ""),)) for day, n in zip(x, values, strict=True)]
    data = _data("line", x, [("open", "leaf", values)])
    return Chart(_("近28天在办"), said, data, _heads(("open",)), tuple(reversed(lines)))


def weeks(asked: Asked, title: str, counted: list[tuple[str, int]]) -> Chart:
    """What came in of a class, week by week; each week by its last day."""
    x, values = [day for day, _n in counted], [n for _day, n in counted]
    said = _("%(title)s，最近一周%(n)d件。") % {"title": title, "n": values[-1]}
    lines = [Row(day, ((f"{n:,}", ""),)) for day, n in counted]
    heads = _heads(("in",), _("到这天的一周"))
    return Chart(
        _("近12周"), said, _data("line", x, [("in", "amber", values)]), heads, tuple(reversed(lines))
    )


def _heads(names: tuple[str, ...], first: str = "") -> tuple[str, ...]:
    return (first or _("日期"), *(str(MEASURES[name].title) for name in names))


def _data(kind: str, x: list[str], series: Sequence[tuple[str, str, Sequence[float]]]) -> str:
    told = [
        {"name": str(MEASURES[name].title), "tone": tone, "values": values} for name, tone, values in series
    ]
    return json.dumps({"kind": kind, "x": x, "series": told}, ensure_ascii=False)
