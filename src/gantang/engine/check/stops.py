"""The pauses that draw a clock out furthest.

What a pause takes out of a clock depends on where it falls: a pause over the
Spring Festival costs fewer working days than one after it. So every day is
tried as its beginning. Of the pauses that have ended by a day only the ones
that took out most matter, since a later deadline never allows less; where the
deadline rolls over rest days, those with the latest deadline matter as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gantang.engine.check.reckon import HOURS, Reckoner, day_of
from gantang.engine.time.legs import Side
from gantang.engine.time.pauses import Stops
from gantang.engine.time.span import Span, Unit
from gantang.engine.time.table import DAY, MINUTE


@dataclass(frozen=True, slots=True)
class Run:
    """A clock to be drawn out: since when it counts, since when it may be paused, and what it counts.

    `aim` gives the moment to be drawn out for the pauses taken and the deadline, where that is not it.
    """

    start: int
    entry: int
    spans: tuple[Span, ...]
    side: Side
    halts: Stops = ()
    aim: Callable[[Stops, int], int] | None = None

    @property
    def unit(self) -> Unit:
        return self.spans[0].unit

    @property
    def even(self) -> bool:
        """Whether what a pause takes out is what the deadline gains: in one unit that never rolls."""
        units = {span.unit for span in self.spans}
        return self.aim is None and len(units) == 1 and units <= {Unit.WORKING_DAYS, *HOURS}

    def reaches(self, halts: Stops, due: int) -> int:
        """What is to be drawn out, with some pauses taken."""
        return self.aim(halts, due) if self.aim is not None else 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clock with pauses: the deadline, and the pauses that made it."""

    due: int
    halts: Stops = ()


@dataclass(frozen=True, slots=True)
class _Taken:
    """Pauses taken: how much they took out, when the last one ends, the deadline and the aim if asked for."""

    gain: int
    until: int
    halts: Stops
    due: int = 0
    aim: int = 0


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
    """Goes through the days from entry to deadline; `ended[j]` are the best of `j` pauses over by then."""

    def __init__(self, reckoner: Reckoner, run: Run, pause: Span, n: int, plain: _Taken) -> None:
        self.reckoner, self.run, self.pause, self.n = reckoner, run, pause, n
        self.ended: list[list[_Taken]] = [[plain], *([] for _ in range(n))]
        self.best: list[_Taken | None] = [None for _ in range(n)]
        self.running: list[tuple[int, _Taken]] = []

    def found(self) -> Iterator[_Taken]:
        # in clocks of days a pause on the day they begin gains them nothing over one on the next
        begins = self.run.entry == self.run.start and self.run.aim is None
        day = self.run.entry // DAY if self.run.unit in HOURS else day_of(self.run.entry) + begins
        while (moments := self._moments(day))[0] <= self._reach():
            for since in moments:
                self._end_by(since)
                for taken in range(self.n):
                    for before in tuple(self.ended[taken]):
                        self._begin(taken, before, since)
            day += 1
        return (one for one in self.best if one is not None)

    def _moments(self, day: int) -> list[int]:
        """When pauses of the day begin: after the opening, so that it is touched; in hours, after 0:00."""
        units = {span.unit for span in self.run.spans}
        found = {day * DAY} if Unit.HOURS in units else set()
        if units != {Unit.HOURS}:
            found.add(self.reckoner.opening(day))
        return sorted({max(since + MINUTE, self.run.entry) for since in found})

    def _reach(self) -> int:
        """The last moment at which a further pause may begin: by the end of the clock as drawn out so far."""
        waiting = max((one.due for _, one in self.running), default=0)
        return max([waiting, *(one.due for some in self.ended[: self.n] for one in some)])

    def _end_by(self, now: int) -> None:
        """Pauses over by now become something to build on, where they took out more than others."""
        for level, one in self.running:
            held = self.ended[level]
            if one.until <= now and not any(self._no_better(one, other) for other in held):
                held[:] = [*(other for other in held if not self._no_better(other, one)), one]
        self.running = [(level, one) for level, one in self.running if one.until > now]

    def _no_better(self, one: _Taken, other: _Taken) -> bool:
        if self.run.even:
            return one.gain <= other.gain
        return one.gain <= other.gain and one.due <= other.due and one.aim <= other.aim

    def _begin(self, taken: int, before: _Taken, since: int) -> None:
        if since > before.due:
            return
        until = self.reckoner.leg(since, self.pause, "staff")
        halts = (*before.halts, (since, until))
        gain = before.gain + self.reckoner.gain(self.run.unit, since, until)
        more = taken + 1 < self.n
        due = _due(self.reckoner, self.run, halts) if more or not self.run.even else 0
        one = _Taken(gain, until, halts, due, self.run.reaches(halts, due))
        held = self.best[taken]
        if held is None or (one.aim, due, gain) >= (held.aim, held.due, held.gain):
            self.best[taken] = one
        if more:
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
