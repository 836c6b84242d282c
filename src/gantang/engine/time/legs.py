"""Counting one span from one moment: the rules of 民法典 §201–204, on ordinals and ticks.

A deadline is one leg for its span and one more for each extension. Days: the first is left out, a day that a
pause touches does not count, the last one rolls to the next working day, which must not be paused either.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal, NamedTuple

from gantang.engine.time.calendar import Calendar
from gantang.engine.time.pauses import Stops, touched_days, touched_working_days, within
from gantang.engine.time.span import MOST, Span, Unit
from gantang.engine.time.table import DAY, MINUTE, ShortError, Sums

Side = Literal["staff", "people"]


class Leg(NamedTuple):
    """A counted stretch. `first` is the day left out, `last` the last counted, `end` where it rolled to.

    `start` and `due` are ticks; hours leave out no day: `first` is the day they start on, `last` = `end`.
    """

    unit: Unit
    start: int
    first: int
    last: int
    end: int
    due: int
    provisional: bool


def count(start: int, span: Span, calendar: Calendar, side: Side, halts: Stops) -> Leg:
    """Count `span` from `start`; builds more of the calendar when it runs out."""
    first = (start - 1) // DAY
    reach = first + 32
    counted = _COUNTS[span.unit._value_]  # an enum's own hash is slow
    while True:
        sums = calendar.table.covering(first, reach)
        try:
            return counted(start, span, _Ground(calendar, side, halts, sums))
        except ShortError:
            reach = max(reach, sums.hi)


def share(start: int, span: Span, percent: int) -> Span | None:
    """The whole days that make `percent` of a span of days, rounded up; None when there is none.

    Months and years are taken as the days they have from `start`: a share of one month is no month.
    """
    n, unit = span.n, span.unit
    if unit in (Unit.MONTHS, Unit.YEARS):
        first = (start - 1) // DAY
        n, unit = days_of(first, span), Unit.DAYS
    part = min(-(-n * percent // 100), MOST[unit])
    return Span(part, unit) if part else None


class _Ground(NamedTuple):
    """What a count stands on."""

    calendar: Calendar
    side: Side
    halts: Stops
    sums: Sums

    def due(self, day: int) -> int:
        """Close of business for staff, 24:00 for people."""
        if self.side == "people":
            return (day + 1) * DAY
        return day * DAY + self.sums.openings[day - self.sums.lo][-1][1] * MINUTE


def _working_days(start: int, span: Span, ground: _Ground) -> Leg:
    first, sums = (start - 1) // DAY, ground.sums
    blocked = touched_working_days(ground.halts, ground.calendar) if ground.halts else ()
    passed, n = first, span.n
    last = sums.nth_working(first, n)
    for lo, hi in blocked:
        if hi <= passed:
            continue
        if last < lo:
            break
        n -= sums.worked(passed + 1, max(lo, passed + 1))
        passed = hi
        if passed >= sums.hi:
            raise ShortError
        last = sums.nth_working(passed, n)
    return Leg(span.unit, start, first, last, last, ground.due(last), sums.unannounced(first + 1, last + 1))


def _natural_days(start: int, span: Span, ground: _Ground) -> Leg:
    first, sums = (start - 1) // DAY, ground.sums
    n = days_of(first, span)
    blocked = touched_days(ground.halts) if ground.halts else ()
    last = _nth_free(first, n, blocked)
    end = _rolled(last, blocked, sums)
    return Leg(span.unit, start, first, last, end, ground.due(end), sums.unannounced(last, end + 1))


def days_of(first: int, span: Span) -> int:
    """How many days a span counts that leaves out day `first`; a month has those until the same number."""
    if span.unit in (Unit.MONTHS, Unit.YEARS):
        return _same_number(first, span) - first
    return span.n


def _nth_free(first: int, n: int, blocked: Stops) -> int:
    """The n-th day after `first` that no pause touches."""
    last = first + n
    for lo, hi in blocked:
        if last < lo:
            break
        last += max(0, hi - max(lo, first + 1) + 1)
    return last


def _rolled(last: int, blocked: Stops, sums: Sums) -> int:
    """The day itself or the next working day that is not paused."""
    end = last
    while end < sums.hi:
        if end >= sums.lo and sums.works(end) and not within(end, blocked):
            return end
        end += 1
    raise ShortError


def _same_number(first: int, span: Span) -> int:
    """§202: the same day number in the month where the span ends, else that month's end."""
    on = date.fromordinal(first)
    months = on.year * 12 + on.month - 1 + span.n * (12 if span.unit is Unit.YEARS else 1)
    year, month = months // 12, months % 12 + 1
    if year > 9998:
        raise OverflowError("outside the calendar: years 1 to 9998")
    return date(year, month, min(on.day, monthrange(year, month)[1])).toordinal()


def _hours(start: int, span: Span, ground: _Ground) -> Leg:
    due = _run(start, span.n * 60 * MINUTE, ground.halts)
    return _hour_leg(start, span, due, provisional=False)


def _run(start: int, length: int, halts: Stops) -> int:
    due = start + length
    for since, until in halts:
        if due <= since:
            break
        due += max(0, until - max(since, start))
    return due


def _working_hours(start: int, span: Span, ground: _Ground) -> Leg:
    due = _run_open(start, span.n * 60 * MINUTE, ground)
    leg = _hour_leg(start, span, due, provisional=False)
    unannounced = ground.sums.unannounced(leg.first, leg.last + 1)
    return _hour_leg(start, span, due, provisional=unannounced)


def _run_open(start: int, length: int, ground: _Ground) -> int:
    sums = ground.sums
    total = sums.open_before(start) + length
    for since, until in ground.halts:
        if until <= start:
            continue
        if until // DAY >= sums.hi:
            raise ShortError
        shut = sums.open_before(max(since, start))
        if total <= shut:
            break
        total += sums.open_before(until) - shut
    return sums.when_open(total)


def _hour_leg(start: int, span: Span, due: int, *, provisional: bool) -> Leg:
    last = (due - 1) // DAY
    return Leg(span.unit, start, start // DAY, last, last, due, provisional)


_COUNTS = {
    Unit.HOURS.value: _hours,
    Unit.WORKING_HOURS.value: _working_hours,
    Unit.DAYS.value: _natural_days,
    Unit.WORKING_DAYS.value: _working_days,
    Unit.MONTHS.value: _natural_days,
    Unit.YEARS.value: _natural_days,
}
