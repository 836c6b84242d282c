"""The versioned working calendar: which days count, and when doors are open.

All days and times are those of China (UTC+08:00, no summer time). A day is known by its ordinal
(`date.toordinal()`), a moment inside the arithmetic by its ticks (microseconds since ordinal 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from gantang.engine.time.table import DAY, MINUTE, Opening, ShortError, Table

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
_SHIFT = 8 * 60 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = datetime(1, 1, 1, tzinfo=ZONE)
_EPOCH_TICKS = date(1970, 1, 1).toordinal() * DAY
#: The State Council's notice for a year may change the last days of the year before it
#: (it did in 2006, 2007, 2011 and 2018): they are settled only by the next year's notice.
TAIL = (12, 29)

Hours = tuple[tuple[str, str], ...]
USUAL: Hours = (("09:00", "12:00"), ("13:30", "17:30"))


class CalendarError(ValueError):
    """A calendar that cannot be counted on."""


class DayKind(StrEnum):
    """What a listed day is: work as usual, rest, or a rest day worked in exchange (调休上班)."""

    WORKING = "working"
    REST = "rest"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Day:
    """A listed day: its kind, what it is called, and its own opening hours (a half-day) if it has any."""

    kind: DayKind
    zh: str = ""
    en: str = ""
    hours: Hours | None = None

    def name(self, lang: str) -> str:
        """The holiday's name, in Chinese or English."""
        return self.en or self.zh if lang.startswith("en") else self.zh or self.en


def minutes(text: str) -> int:
    """Minutes since midnight of "13:30"; "24:00" is the end of the day."""
    hour, _, minute = text.partition(":")
    try:
        value = int(hour) * 60 + int(minute or 0)
    except ValueError:
        value = -1
    if not 0 <= value <= 1440 or len(minute) not in (0, 2) or int(minute or 0) > 59:
        raise CalendarError(f"{text!r} is no time of day: write it as 13:30")
    return value


def opening(hours: Hours) -> Opening:
    """Hours as minutes, checked: in order, without overlap, none empty."""
    spans = tuple((minutes(start), minutes(end)) for start, end in hours)
    flat = [one for span in spans for one in span]
    if any(a >= b for a, b in spans) or flat != sorted(flat):
        raise CalendarError(f"opening hours {hours!r} must be in order and must not overlap")
    return spans


class Calendar:
    """Days that deviate from the weekday rule, and opening hours; `version` names this exact state.

    `published` are the years whose days are announced (default: every year that has a listed day); the rest
    follows the weekday rule and makes a deadline provisional. `week` gives weekdays (0 = Monday) other hours:
    `{5: (("09:00", "12:00"),)}` makes Saturday a half working day, `{4: ()}` makes Friday a rest day.
    """

    __slots__ = ("_days", "_hours", "_table", "_week", "published", "version")

    def __init__(
        self,
        version: str,
        days: Mapping[date, Day | DayKind] | None = None,
        hours: Hours = USUAL,
        *,
        week: Mapping[int, Hours] | None = None,
        published: Iterable[int] | None = None,
    ) -> None:
        self.version = version
        self._days = {on: one if isinstance(one, Day) else Day(one) for on, one in (days or {}).items()}
        self._hours = hours
        self._week = dict(week or {})
        self.published = frozenset(published if published is not None else {on.year for on in self._days})
        self._table = self._first_table()

    def overlaid(self, version: str, days: Mapping[date, Day | DayKind]) -> Calendar:
        """The same calendar with local days on top (a county's own holiday); publishes no year."""
        return Calendar(
            version, {**self._days, **days}, self._hours, week=self._week, published=self.published
        )

    def _first_table(self) -> Table:
        weekly = [opening(self._week.get(n, self._hours if n < 5 else ())) for n in range(7)]
        usual = opening(self._hours)
        if not usual or not any(weekly):
            raise CalendarError("a calendar needs opening hours on at least one weekday")
        listed = {
            on.toordinal(): _opening_of(one, weekly[on.weekday()] or usual) for on, one in self._days.items()
        }
        years = self.published or {2026}
        lo, hi = date(max(1, min(years) - 1), 1, 1), date(min(9998, max(years) + 4), 1, 1)
        return Table(weekly, listed, self.settled, lo.toordinal(), hi.toordinal())

    def settled(self, ordinal: int) -> bool:
        """Whether the notice that decides about this day is published; by ordinal, for engine/time."""
        on = date.fromordinal(ordinal)
        later = on.year + 1 if (on.month, on.day) >= TAIL else on.year
        return on.year in self.published and later in self.published

    @property
    def table(self) -> Table:
        """The prefix sums; engine/time only."""
        return self._table

    def day(self, on: date) -> Day:
        """What is known of a day; ordinary days come from the weekday rule, unnamed."""
        known = self._days.get(on)
        return known or Day(DayKind.WORKING if self.is_working(on) else DayKind.REST)

    def is_working(self, on: date) -> bool:
        """Whether the day counts as a working day (half-days do)."""
        return bool(self._table.openings(on.toordinal()))

    def is_settled(self, on: date) -> bool:
        """Whether the day's kind is announced, not only guessed from its weekday."""
        return self.settled(on.toordinal())

    def is_open(self, at: datetime) -> bool:
        """Whether the doors are open at the moment (closing time no longer is)."""
        day, rest = divmod(ticks(at), DAY)
        return any(start * MINUTE <= rest < end * MINUTE for start, end in self._table.openings(day))

    def closing(self, at: datetime) -> datetime:
        """When the doors that are open at the moment close."""
        day, rest = divmod(ticks(at), DAY)
        end = next(end for _, end in self._table.openings(day) if rest < end * MINUTE)
        return moment(day * DAY + end * MINUTE)

    def next_opening(self, at: datetime) -> datetime:
        """The moment itself while open, else when the doors open next."""
        if self.is_open(at):
            return at
        now = ticks(at)
        day = now // DAY
        while True:
            for start, _ in self._table.openings(day):
                if day * DAY + start * MINUTE >= now:
                    return moment(day * DAY + start * MINUTE)
            day += 1

    def close_of(self, on: date) -> datetime:
        """When business closes on a working day; CalendarError on a rest day."""
        spans = self._table.openings(on.toordinal())
        if not spans:
            raise CalendarError(f"{on} is a rest day")
        return moment(on.toordinal() * DAY + spans[-1][1] * MINUTE)

    def working_days(self, since: date, until: date) -> int:
        """Working days in `since` ≤ day < `until`."""
        first, last = since.toordinal(), until.toordinal()
        return self._table.covering(first, last).worked(first, last) if last > first else 0

    def after(self, on: date, n: int) -> date:
        """The `n`-th working day after `on`, n ≥ 1."""
        first = on.toordinal()
        sums = self._table.covering(first, first + n)
        while True:
            try:
                return date.fromordinal(sums.nth_working(first, n))
            except ShortError:
                sums = self._table.covering(first, sums.hi)


def _opening_of(one: Day, usual: Opening) -> Opening:
    if one.kind is DayKind.REST:
        return ()
    return opening(one.hours) if one.hours else usual


def ticks(at: datetime) -> int:
    """Microseconds since the start of ordinal day 0, local time; a naive moment is refused."""
    if at.tzinfo is ZONE:  # by far the most
        minutes = at.hour * 60 + at.minute
        return at.toordinal() * DAY + minutes * MINUTE + at.second * 1_000_000 + at.microsecond
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    passed = at - _EPOCH
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds + _SHIFT + _EPOCH_TICKS


def moment(of: int) -> datetime:
    """The local moment of ticks."""
    return _FIRST_DAY + timedelta(0, 0, of - DAY)


def day_of(at: datetime) -> date:
    """The day a moment belongs to: 24:00 belongs to the day it ends."""
    return date.fromordinal((ticks(at) - 1) // DAY)
