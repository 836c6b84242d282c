"""Deadlines counted the slow way, a day or a minute at a time, straight from the rules: what the real count must equal."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from gantang.engine.time import Calendar, Day, DayKind, Span, Unit
from gantang.engine.time.calendar import ZONE

Hours = tuple[tuple[str, str], ...]
Pauses = Sequence[tuple[datetime, datetime]]
ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Plan:
    """A calendar as plain data: hours of each weekday (none: rest), and the days that deviate."""

    week: tuple[Hours, ...]
    usual: Hours
    days: Mapping[date, Day] = field(default_factory=dict)

    def calendar(self, **more: object) -> Calendar:
        return Calendar("plan", self.days, self.usual, week=dict(enumerate(self.week)), **more)  # type: ignore[arg-type]

    def hours(self, on: date) -> Hours:
        day = self.days.get(on)
        if day is None:
            return self.week[on.weekday()]
        if day.kind is DayKind.REST:
            return ()
        return day.hours or self.week[on.weekday()] or self.usual

    def works(self, on: date) -> bool:
        return bool(self.hours(on))

    def doors(self, on: date) -> list[tuple[datetime, datetime]]:
        return [(moment_of(on, since), moment_of(on, until)) for since, until in self.hours(on)]


def moment_of(on: date, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return midnight(on) + timedelta(hours=int(hour), minutes=int(minute))


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)


def due(start: datetime, span: Span, plan: Plan, *, people: bool = False, pauses: Pauses = ()) -> datetime:
    """The deadline of one span."""
    if span.unit is Unit.HOURS:
        return _minutes(start, span.n * 60, pauses, None)
    if span.unit is Unit.WORKING_HOURS:
        return _minutes(start, span.n * 60, pauses, plan)
    last = _last_day(start, span, plan, pauses)
    return midnight(last + ONE_DAY) if people else plan.doors(last)[-1][1]


def first_day(start: datetime) -> date:
    """The day left out; the moment 24:00 belongs to the day it ends."""
    local = start.astimezone(ZONE)
    return local.date() - ONE_DAY if local == midnight(local.date()) else local.date()


def _last_day(start: datetime, span: Span, plan: Plan, pauses: Pauses) -> date:
    on, working = first_day(start), span.unit is Unit.WORKING_DAYS
    left = span.n if span.unit in (Unit.DAYS, Unit.WORKING_DAYS) else (_same_number(on, span) - on).days
    while left:
        on += ONE_DAY
        if working and (not plan.works(on) or _touched_at_work(on, plan, pauses)):
            continue
        if not working and _touched(on, pauses):
            continue
        left -= 1
    while not working and (not plan.works(on) or _touched(on, pauses)):
        on += ONE_DAY
    return on


def _touched(on: date, pauses: Pauses) -> bool:
    begin, end = midnight(on), midnight(on + ONE_DAY)
    return any(since < end and until > begin and since < until for since, until in pauses)


def _touched_at_work(on: date, plan: Plan, pauses: Pauses) -> bool:
    return any(
        since < closes and until > opens
        for opens, closes in plan.doors(on)
        for since, until in pauses
        if since < until
    )


def _same_number(on: date, span: Span) -> date:
    months = span.n * (12 if span.unit is Unit.YEARS else 1)
    year, month = on.year, on.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def _minutes(start: datetime, left: int, pauses: Pauses, plan: Plan | None) -> datetime:
    """Minute by minute; with a plan only those in which the doors are open."""
    at = start
    while left:
        stopped = any(since <= at < until for since, until in pauses)
        shut = plan is not None and not any(a <= at < b for a, b in plan.doors(at.astimezone(ZONE).date()))
        left -= 0 if stopped or shut else 1
        at += ONE_MINUTE
    return at
