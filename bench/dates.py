"""Deadlines a second on one core: the engine's count, the same with its explanation, and a loop over days.

Needs no site and no database. The calendar is the one that ships, so that spans meet real holidays.
"""

import csv
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import gantang
from gantang.engine import Calendar, Day, DayKind, Span, deadline
from gantang.engine.time.calendar import ZONE
from gantang.engine.time.span import Unit

#: What is asked of a second on one core (issue 4 §3).
WANTED = 100_000
DAYS = Path(gantang.__file__).parent / "catalogue" / "data" / "days-2004-2026.csv"
Case = tuple[datetime, Span]


def measure(*, rounds: int = 5, many: int = 60_000) -> dict[str, Any]:
    """Dates a second of processor time, the median of some rounds; the sides run in turn."""
    calendar, cases = shipped(), drawn(many)
    few = cases[: many // 20]
    assert all(deadline(*one, calendar).due == naive(*one, calendar) for one in few), "the two counts differ"
    sides: dict[str, tuple[Callable[[Case], object], Sequence[Case]]] = {
        "count": (lambda one: deadline(*one, calendar), cases),
        "sentence": (lambda one: deadline(*one, calendar).explanation.words("zh"), few),
        "steps": (lambda one: deadline(*one, calendar).explanation.steps, few),
        "audit": (lambda one: deadline(*one, calendar).explanation.audit, few),
        "naive": (lambda one: naive(*one, calendar), few),
    }
    rates: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, (run, given) in sides.items():
            rates[name].append(_rate(run, given))
    found: dict[str, Any] = {f"{name}_per_s": median(each) for name, each in rates.items()}
    found["by_unit"] = {unit: _rate(sides["count"][0], each) for unit, each in _by_unit(cases).items()}
    _say(found)
    return found


def _rate(run: Callable[[Case], object], given: Sequence[Case]) -> float:
    begun = time.process_time()
    for one in given:
        run(one)
    return len(given) / (time.process_time() - begun)


def _by_unit(cases: Sequence[Case]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for one in cases:
        found.setdefault(one[1].unit.value, []).append(one)
    return found


def shipped() -> Calendar:
    """The country's calendar as it ships, all its years."""
    with DAYS.open(encoding="utf-8", newline="") as text:
        days = {date.fromisoformat(row["on"]): Day(DayKind(row["kind"])) for row in csv.DictReader(text)}
    return Calendar("shipped", days)


def drawn(many: int) -> list[Case]:
    """Starts at any minute of ten years; spans as procedures have them."""
    draw = random.Random(3)
    spans = [
        *(Span(n, Unit.WORKING_DAYS) for n in (1, 2, 3, 5, 10, 15, 20, 30, 60)),
        *(Span(n, Unit.DAYS) for n in (3, 7, 15, 30, 60, 90)),
        *(Span(n, Unit.WORKING_HOURS) for n in (2, 4, 24)),
        *(Span(n, Unit.MONTHS) for n in (1, 3, 6)),
        Span(24, Unit.HOURS),
        Span(1, Unit.YEARS),
    ]
    begin = datetime(2014, 1, 1, tzinfo=ZONE)
    return [
        (begin + timedelta(minutes=draw.randrange(10 * 365 * 1440)), draw.choice(spans)) for _ in range(many)
    ]


def naive(start: datetime, span: Span, calendar: Calendar) -> datetime:
    """The same deadline as one would write it at first: day by day, and for hours opening by opening."""
    if span.unit is Unit.HOURS:
        return start + timedelta(hours=span.n)
    if span.unit is Unit.WORKING_HOURS:
        return _working_hours(start, timedelta(hours=span.n), calendar)
    on = (start - timedelta(microseconds=1)).date()
    if span.unit is Unit.WORKING_DAYS:
        left = span.n
        while left:
            on += timedelta(days=1)
            left -= calendar.is_working(on)
        return calendar.close_of(on)
    on = on + timedelta(days=span.n) if span.unit is Unit.DAYS else _months_on(on, span)
    while not calendar.is_working(on):
        on += timedelta(days=1)
    return calendar.close_of(on)


def _months_on(on: date, span: Span) -> date:
    months = on.month - 1 + span.n * (12 if span.unit is Unit.YEARS else 1)
    year, month, day = on.year + months // 12, months % 12 + 1, on.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _working_hours(at: datetime, left: timedelta, calendar: Calendar) -> datetime:
    while True:
        at = calendar.next_opening(at)
        run = min(left, calendar.closing(at) - at)
        at, left = at + run, left - run
        if not left:
            return at


def _say(found: dict[str, Any]) -> None:
    words = {
        "count": "the count alone",
        "sentence": "with the resident's sentences",
        "steps": "with every step",
        "audit": "with every day of the working",
        "naive": "a loop over days, without explanation",
    }
    for name, said in words.items():
        print(f"  {found[f'{name}_per_s']:>10,.0f} dates/s  {said}", flush=True)
    units = ", ".join(f"{unit} {rate:,.0f}" for unit, rate in found["by_unit"].items())
    print(f"  the count by unit: {units}")
    ratio = found["count_per_s"] / found["naive_per_s"]
    verdict = "reached" if found["count_per_s"] >= WANTED else "NOT reached"
    print(f"  {ratio:.1f} times the loop; {WANTED:,} dates/s on one core: {verdict}", flush=True)
