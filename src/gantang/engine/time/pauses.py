"""Stops and lengthenings of a clock, and which days they take out of the count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gantang.engine.time.calendar import Calendar, ticks
from gantang.engine.time.span import Span
from gantang.engine.time.table import DAY, MINUTE

#: Half-open intervals, in order, apart: of ticks, or of days (both ends included).
Stops = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stands still from `since` until `until`; `why` is a wording or a code, shown as it is."""

    since: datetime
    until: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Extended:
    """The deadline moves by `by`, counted from the old deadline."""

    by: Span
    why: str = ""


def stops(pauses: Iterable[Paused]) -> Stops:
    """Pauses as ticks, joined where they meet; empty ones fall away."""
    joined: list[tuple[int, int]] = []
    for since, until in sorted((ticks(one.since), ticks(one.until)) for one in pauses):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        elif since < until:
            joined.append((since, until))
    return tuple(joined)


def touched_days(halts: Stops) -> Stops:
    """Days (first, last) that the stops touch at all."""
    return _apart((since // DAY, (until - 1) // DAY) for since, until in halts)


def touched_working_days(halts: Stops, calendar: Calendar) -> Stops:
    """Days (first, last) that the stops touch within working hours; rest days inside do no harm."""
    return _apart(
        (first, last)
        for since, until in halts
        for first, last in [_trimmed(since, until, calendar)]
        if first <= last
    )


def _trimmed(since: int, until: int, calendar: Calendar) -> tuple[int, int]:
    """First and last day of a stop, without an edge day that it touches only outside the openings."""
    first, last = since // DAY, (until - 1) // DAY
    if not _meets(first, since, until, calendar):
        first += 1
    if last >= first and not _meets(last, since, until, calendar):
        last -= 1
    return first, last


def _meets(day: int, since: int, until: int, calendar: Calendar) -> bool:
    return any(
        since < day * DAY + end * MINUTE and until > day * DAY + start * MINUTE
        for start, end in calendar.table.openings(day)
    )


def _apart(spans: Iterable[tuple[int, int]]) -> Stops:
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def touches(day: int, halts: Stops, calendar: Calendar, *, working: bool) -> bool:
    """Whether a stop touches the day: within its working hours where working days are counted."""
    if working:
        return any(_meets(day, since, until, calendar) for since, until in halts)
    return any(since < (day + 1) * DAY and until > day * DAY for since, until in halts)


def within(day: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the day lies in one of the spans."""
    return any(first <= day <= last for first, last in spans)
