"""The grounds one level down as the wall draws them: cells with a name, a figure, where each leads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from gantang.screen.measures import Asked, rows
from gantang.screen.rules.figures import cuts, step
from gantang.screen.rules.hiding import Hidden, hidden, shown
from gantang.screen.rules.honeycomb import Comb, comb, outline
from gantang.screen.sight import LEVELS, Seen
from gantang.territory import queries as territory

#: Cells that are readable at five metres; of a longer list the smaller ones stand in one, and in the table.
MOST = 24
SHORT = 5
_ENDS = re.compile(r"(社区)?(村民|居民)委员会$|(村|居)委会$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A ground one level down. ``inward`` leads deeper, ``rows`` to the matters behind the figure."""

    code: str
    name: str
    short: str
    n: int
    shown: str
    step: int
    inward: str
    rows: str
    x: float = 0.0
    y: float = 0.0
    points: str = ""

    @property
    def name_y(self) -> float:
        """Where the name's line stands."""
        return self.y - 12

    @property
    def figure_y(self) -> float:
        """Where the figure's line stands."""
        return self.y + 34


@dataclass(frozen=True, slots=True)
class Places:
    """All of them, the cells of the honeycomb, and the legend."""

    all: tuple[Cell, ...]
    drawn: tuple[Cell, ...]
    comb: Comb
    legend: tuple[tuple[int, str], ...]
    hidden: Hidden


def places(seen: Seen, asked: Asked, counted: dict[str, int]) -> Places:
    """The grounds of which something is counted, and all others in force today."""
    names = _names(seen, asked, counted)
    ranks = cuts(counted.get(code, 0) for code in names)
    away = hidden({code: counted.get(code, 0) for code in names})
    cells = tuple(_cell(asked, seen, code, names[code], counted.get(code, 0), away, ranks) for code in names)
    drawn = _drawn(seen, asked, cells)
    found = comb(len(drawn))
    placed = tuple(
        replace(one, x=x, y=y, points=outline(x, y)) for one, (x, y) in zip(drawn, found.middles, strict=True)
    )
    return Places(cells, placed, found, _legend(ranks), away)


def _names(seen: Seen, asked: Asked, counted: dict[str, int]) -> dict[str, str]:
    """Names by code, in the order of the codes."""
    if seen.below is None:
        return {}
    if seen.below == LEVELS[-1]:
        there = set(territory.codes(seen.ground, on=asked.today))
    else:
        there = {one.prefix for one in territory.children(seen.ground, on=asked.today)}
    return dict(sorted(territory.names(there | counted.keys()).items()))


def _cell(
    asked: Asked, seen: Seen, code: str, name: str, n: int, away: Hidden, ranks: tuple[int, ...]
) -> Cell:
    below = Seen(code, seen.classes)
    return Cell(
        code=code,
        name=name,
        short=_short(name),
        n=n,
        shown=_("少") if away.mixed and code in away.cells else shown(n),
        step=step(n, ranks),
        inward=asked.address(code) if below.below else "",
        rows=rows(below, asked.measure.code, since=asked.since, until=asked.today, basis=asked.basis),
    )


def _short(name: str) -> str:
    return _ENDS.sub("", name)[:SHORT]


def _drawn(seen: Seen, asked: Asked, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """As many as are readable, the largest of them; the rest in one cell that leads to the table."""
    if len(cells) <= MOST:
        return cells
    kept = {one.code for one in sorted(cells, key=lambda one: -one.n)[: MOST - 1]}
    rest = [one for one in cells if one.code not in kept]
    words = _("其余%(count)d个") % {"count": len(rest)}
    total = sum(one.n for one in rest)
    more = Cell("", words, words, total, shown(total), 0, asked.address(seen.ground, look="table"), "")
    return (*(one for one in cells if one.code in kept), more)


def _legend(ranks: tuple[int, ...]) -> tuple[tuple[int, str], ...]:
    """The steps of the ramp with the figures that they hold."""
    if not ranks:
        return ()
    starts = (1, *ranks)
    ends: Iterable[int | None] = (*(one - 1 for one in ranks), None)
    return tuple(
        (number + 1, _span(low, high)) for number, (low, high) in enumerate(zip(starts, ends, strict=True))
    )


def _span(low: int, high: int | None) -> str:
    if high is None:
        return _("%(low)s起") % {"low": f"{low:,}"}
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
