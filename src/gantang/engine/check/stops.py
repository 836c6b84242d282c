"""The pauses that draw a clock out furthest.

What a pause takes out of a clock depends on where it falls: a pause over the
Spring Festival costs fewer working days than one after it. So every day is
tried as its beginning. Of the pauses that have ended by a day only the ones
that took out most matter, since a later deadline never allows less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gantang.engine.check.reckon import HOURS, Reckoner, day_of
from gantang.engine.time.legs import Side
from gantang.engine.time.pauses import Stops
from gantang.engine.time.span import Span, Unit
from gantang.engine.time.table import DAY, MINUTE


@dataclass(frozen=True, slots=True)
class Run:
    """A clock to be drawn out: since when it counts, since when it may be paused, and what it counts."""

    start: int
    entry: int
    spans: tuple[Span, ...]
    side: Side
    halts: Stops = ()

    @property
    def unit(self) -> Unit:
        return self.spans[0].unit


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clock with pauses: the deadline, and the pauses that made it."""

    due: int
    halts: Stops = ()


@dataclass(frozen=True, slots=True)
class _Taken:
    """Pauses taken: how much they took out, when the last one ends, the deadline if it was asked for."""

    gain: int
    until: int
    halts: Stops
    due: int = 0


def drawn_out(reckoner: Reckoner, run: Run, pause: Span | None, n: int) -> tuple[Drawn, ...]:
    """The latest deadline with no pause, with at most one, … with at most `n`."""
    plain = Drawn(_due(reckoner, run, ()))
    if pause is None or n < 1:
        return (plain,)
    best = _Search(reckoner, run, pause, n, _Taken(0, run.entry, (), plain.due)).found()
    return (plain, *(Drawn(_due(reckoner, run, one.halts), one.halts) for one in best))


def _due(reckoner: Reckoner, run: Run, halts: Stops) -> int:
    return reckoner.due(run.start, run.spans, run.side, (*run.halts, *halts))


class _Search:
    """Goes through the days from entry to deadline; `ended[j]` is the best of `j` pauses over by then."""

    def __init__(self, reckoner: Reckoner, run: Run, pause: Span, n: int, plain: _Taken) -> None:
        self.reckoner, self.run, self.pause, self.n = reckoner, run, pause, n
        self.ended: list[_Taken | None] = [plain, *(None for _ in range(n))]
        self.best: list[_Taken | None] = [None for _ in range(n)]
        self.running: list[tuple[int, _Taken]] = []

    def found(self) -> Iterator[_Taken]:
        # in clocks of days a pause on the day of entry gains nothing over one on the next
        day = self.run.entry // DAY if self.run.unit in HOURS else day_of(self.run.entry) + 1
        while (since := self._since(day)) <= self._reach():
            self._end_by(since)
            for taken in range(self.n):
                self._begin(taken, since)
            day += 1
        return (one for one in self.best if one is not None)

    def _since(self, day: int) -> int:
        """When a pause beginning on the day begins: just after the opening, so that the day is touched."""
        since = day * DAY if self.run.unit is Unit.HOURS else self.reckoner.opening(day)
        return max(since + MINUTE, self.run.entry)

    def _reach(self) -> int:
        """The last moment at which a further pause may begin."""
        waiting = max((one.until for _, one in self.running), default=0)
        return max(waiting, *(one.due for one in self.ended[: self.n] if one is not None), 0)

    def _end_by(self, now: int) -> None:
        """Pauses over by now become something to build on, where they took out more than others."""
        for level, one in self.running:
            held = self.ended[level]
            if one.until <= now and (held is None or one.gain > held.gain):
                due = _due(self.reckoner, self.run, one.halts)
                self.ended[level] = _Taken(one.gain, one.until, one.halts, due)
        self.running = [(level, one) for level, one in self.running if one.until > now]

    def _begin(self, taken: int, since: int) -> None:
        before = self.ended[taken]
        if before is None or since > before.due:
            return
        until = self.reckoner.leg(since, self.pause, "staff")
        gain = before.gain + self.reckoner.gain(self.run.unit, since, until)
        one = _Taken(gain, until, (*before.halts, (since, until)))
        held = self.best[taken]
        if held is None or gain >= held.gain:
            self.best[taken] = one
        if taken + 1 < self.n:
            self.running.append((taken + 1, one))


def spans_of(within: Span, extend: Span | None, n: int) -> tuple[Span, ...]:
    """A period and its extensions."""
    return (within, *([extend] * n if extend is not None else ()))


def length(spans: Sequence[Span]) -> str:
    """Spans in their own units, added up where the unit is the same: `25 working days + 2 working hours`."""
    sums: dict[Unit, int] = {}
    for span in spans:
        sums[span.unit] = sums.get(span.unit, 0) + span.n
    return " + ".join(str(Span(n, unit)) for unit, n in sums.items())
