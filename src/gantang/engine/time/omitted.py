"""What a stretch leaves out on its way, by name, and which rest days it counts all the same."""

from __future__ import annotations

from collections import Counter
from datetime import date

from gantang.engine.time.account import name_of
from gantang.engine.time.calendar import Calendar, DayKind
from gantang.engine.time.legs import Leg
from gantang.engine.time.pauses import Stops, touched_days, touched_working_days, within
from gantang.engine.time.span import Unit
from gantang.engine.time.telling import Told

_STOPPED = Told("停表", "paused")


def left_out(leg: Leg, calendar: Calendar, halts: Stops) -> Counter[Told]:
    """How many days of each kind do not count; none where all days count, or hours are counted."""
    found: Counter[Told] = Counter()
    if leg.unit not in (Unit.WORKING_DAYS, Unit.DAYS):
        return found
    working = leg.unit is Unit.WORKING_DAYS
    touched = touched_working_days(halts, calendar) if working else touched_days(halts)
    for day in range(leg.first + 1, leg.last + 1):
        if working and not calendar.table.openings(day):
            found[name_of(calendar, day)] += 1
        elif within(day, touched):
            found[_STOPPED] += 1
    return found


def listed(found: Counter[Told]) -> Told:
    """周末2天、春节8天."""
    zh = "、".join(f"{name.zh}{n}天" for name, n in found.items())
    return Told(zh, ", ".join(f"{name.en} {n}" for name, n in found.items()))


def makeup(leg: Leg, calendar: Calendar) -> list[date]:
    """Days worked in exchange that a count of working days takes in."""
    if leg.unit is not Unit.WORKING_DAYS:
        return []
    days = (date.fromordinal(one) for one in range(leg.first + 1, leg.last + 1))
    return [on for on in days if calendar.day(on).kind is DayKind.MAKEUP]


def not_ending(leg: Leg, calendar: Calendar) -> Told:
    """Why a count could not end on its last day: a rest day by its name, or a pause."""
    return name_of(calendar, leg.last) if not calendar.table.openings(leg.last) else _STOPPED
