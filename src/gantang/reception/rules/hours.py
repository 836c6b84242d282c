"""When a centre's doors are open: its own week, on top of the calendar's rest days and days worked in
exchange."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gantang.engine import Calendar, DayKind
from gantang.reception.types import Hours, Week

#: How far ahead a next opening is looked for.
FAR = 60
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})")
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Doors:
    """Open until ``at``, or closed until ``at`` (None: no opening in ``FAR`` days). ``why``: the rest day
    that today is, in both languages ("", "")."""

    is_open: bool
    at: datetime | None
    why: tuple[str, str] = ("", "")


def read(text: str) -> Hours | None:
    """The hours of a day as people write them ("09:00-12:00 13:30-17:30"), None where they cannot be read."""
    plain = text.replace("：", ":")
    if _SPAN.sub("", plain).strip(" ,，;；、"):
        return None
    found = [tuple(int(one) for one in each) for each in _SPAN.findall(plain)]
    flat = [hour * 60 + minute for a, b, c, d in found for hour, minute in ((a, b), (c, d))]
    wrong = any(minute > 59 for a, b, c, d in found for minute in (b, d)) or any(one > 1439 for one in flat)
    if wrong or flat != sorted(set(flat)):
        return None
    return tuple((f"{a:02}:{b:02}", f"{c:02}:{d:02}") for a, b, c, d in found)


def shown(hours: Hours) -> str:
    """Hours as they are read again: "09:00–12:00 13:30–17:30"."""
    return " ".join(f"{since}–{until}" for since, until in hours)


def of_day(week: Week, calendar: Calendar, on: date) -> Hours:
    """The hours of a day: none on a listed rest day; a day worked in exchange has those of a usual working
    day; a day with hours of its own has those, where the doors open at all that weekday."""
    known, usual = calendar.day(on), week.get(on.weekday(), ())
    if known.kind is DayKind.MAKEUP:
        return known.hours or usual or _usual(week)
    if known.kind is DayKind.REST and (known.zh or known.en or on.weekday() < 5):
        return ()
    return known.hours if known.hours and usual else usual


def why_closed(calendar: Calendar, on: date) -> tuple[str, str]:
    """The name of a listed rest day, in both languages."""
    known = calendar.day(on)
    return (known.name("zh"), known.name("en")) if known.kind is DayKind.REST else ("", "")


def spans(week: Week, calendar: Calendar, on: date, zone: datetime) -> list[Span]:
    """The openings of a day as moments; ``zone`` is any moment of the zone they are in."""
    return [(_at(on, a, zone), _at(on, b, zone)) for a, b in of_day(week, calendar, on)]


def doors(week: Week, calendar: Calendar, now: datetime) -> Doors:
    """Whether the doors are open at a moment, and until when either way."""
    today = now.date()
    for since, until in spans(week, calendar, today, now):
        if since <= now < until:
            return Doors(True, until)
    later = (since for since in _openings(week, calendar, now) if since > now)
    return Doors(False, next(later, None), why_closed(calendar, today))


def times(day: list[Span], minutes: int) -> Iterator[Span]:
    """The openings cut into times of so many minutes; what is left at an end is too short for a visit."""
    length = timedelta(minutes=minutes)
    for since, until in day:
        while since + length <= until:
            yield since, since + length
            since += length


def _openings(week: Week, calendar: Calendar, now: datetime) -> Iterator[datetime]:
    for days in range(FAR):
        for since, _until in spans(week, calendar, now.date() + timedelta(days=days), now):
            yield since


def _usual(week: Week) -> Hours:
    return next((week[day] for day in range(7) if week.get(day)), ())


def _at(on: date, clock: str, zone: datetime) -> datetime:
    return datetime.combine(on, time.fromisoformat(clock), tzinfo=zone.tzinfo)
