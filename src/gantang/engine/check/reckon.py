"""Counting for the checker: the run-time's own arithmetic on ticks, with what was counted once kept.

A tick is a microsecond of local time; a day is known by its ordinal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gantang.engine.time.calendar import Calendar, moment
from gantang.engine.time.legs import Side, count
from gantang.engine.time.pauses import Stops, touched_working_days
from gantang.engine.time.span import Span, Unit
from gantang.engine.time.table import DAY, MINUTE

#: Stands for any year where a calendar lists none: every week is alike.
NO_YEAR = 2026
HOURS = (Unit.HOURS, Unit.WORKING_HOURS)
Key = tuple[Span, Side, int, Stops]


def day_of(at: int) -> int:
    """The day a moment belongs to: 24:00 belongs to the day it ends."""
    return (at - 1) // DAY


@dataclass(frozen=True)
class Reckoner:
    """Due moments on one calendar; `days` are the start days to try, else all of its years."""

    calendar: Calendar
    days: tuple[int, ...] | None = None
    _known: dict[Key, int] = field(default_factory=dict, repr=False)
    _opens: dict[int, int] = field(default_factory=dict, repr=False)
    _closes: dict[int, int] = field(default_factory=dict, repr=False)
    #: Visits drawn out, as `visit` counted them.
    stays: dict[object, Any] = field(default_factory=dict, repr=False)

    def leg(self, start: int, span: Span, side: Side, halts: Stops = ()) -> int:
        """When one span ends. What is counted in days depends on the first day alone; all is kept: the same
        pauses are tried on many ways."""
        key = (span, side, start if span.unit in HOURS else day_of(start), halts)
        due = self._known.get(key)
        if due is None:
            due = self._known[key] = count(start, span, self.calendar, side, halts).due
        return due

    def due(self, start: int, spans: Sequence[Span], side: Side, halts: Stops = ()) -> int:
        """When a span and its extensions end, each counted from the deadline before it."""
        for span in spans:
            start = self.leg(start, span, side, halts)
        return start

    def opening(self, day: int) -> int:
        """The first open moment of a day; its beginning on a rest day."""
        at = self._opens.get(day)
        if at is None:
            spans = self.calendar.table.openings(day)
            at = self._opens[day] = day * DAY + (spans[0][0] * MINUTE if spans else 0)
        return at

    def gain(self, unit: Unit, since: int, until: int) -> int:
        """What a stop takes out of a clock of that unit: days touched, or time."""
        if unit is Unit.HOURS:
            return until - since
        sums = self.calendar.table.covering(since // DAY, until // DAY + 1)
        if unit is Unit.WORKING_HOURS:
            return sums.open_before(until) - sums.open_before(since)
        if unit is Unit.WORKING_DAYS:
            return sums.worked(*self._touched(since, until))
        return day_of(until) - since // DAY + 1

    def _touched(self, since: int, until: int) -> tuple[int, int]:
        """Days from, and before, which a stop touches in their openings (`touched_working_days`)."""
        first, last = since // DAY, day_of(until)
        if first == last or since >= self.closing(first) or until <= self.opening(last):
            return next(
                ((one, end + 1) for one, end in touched_working_days(((since, until),), self.calendar)),
                (0, 0),
            )
        return first, last + 1

    def closing(self, day: int) -> int:
        """The last open moment of a day; its end on a rest day."""
        at = self._closes.get(day)
        if at is None:
            spans = self.calendar.table.openings(day)
            at = self._closes[day] = day * DAY + (spans[-1][1] * MINUTE if spans else DAY)
        return at

    def start_days(self) -> Iterator[int]:
        """The days to try; every day of the years that the calendar has."""
        if self.days is not None:
            yield from self.days
            return
        for year in sorted(self.calendar.published or {NO_YEAR}):
            yield from range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())


def end_of_day(day: int) -> int:
    """The last moment of a day: 24:00."""
    return (day + 1) * DAY


def shown(at: int) -> datetime:
    return moment(at)
