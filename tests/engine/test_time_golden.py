"""The working calendar of 2004–2026 as a published list has it, day by day."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from gantang.engine.time import Calendar, Day, DayKind, Span, deadline
from gantang.engine.time.calendar import ZONE
from tests.real import real


@cache
def listed() -> dict[date, bool]:
    path = real("calendar/cn_calendar_chinese-days.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(file)}


@cache
def calendar() -> Calendar:
    """Only the days that deviate from the weekday rule are told to the calendar."""
    days = {
        on: Day(DayKind.MAKEUP if works else DayKind.REST)
        for on, works in listed().items()
        if works != (on.weekday() < 5)
    }
    return Calendar("golden", days, published={on.year for on in listed()})


def test_every_day_is_as_the_list_says() -> None:
    days = calendar()
    assert len(listed()) > 8000
    assert [on for on, works in listed().items() if days.is_working(on) != works] == []


@pytest.mark.parametrize("n", [1, 5, 20, 60])
def test_the_nth_working_day_after_any_day_is_that_of_the_list(n: int) -> None:
    days, working = calendar(), [on for on, works in listed().items() if works]
    at = 0
    for on in list(listed())[: -3 * n - 40]:
        while working[at] <= on:
            at += 1
        assert days.after(on, n) == working[at + n - 1]


def test_working_days_between_any_two_days_are_those_of_the_list() -> None:
    days, order = calendar(), list(listed().items())
    for since in range(0, len(order) - 400, 97):
        for length in (0, 1, 30, 365):
            found = days.working_days(order[since][0], order[since + length][0])
            assert found == sum(works for _, works in order[since : since + length])


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        # the Sunday worked in exchange before the Spring Festival, then the festival
        ("2025-01-24 09:00", "3 working days", "2025-02-05 17:30"),
        ("2024-02-08 10:00", "5 working days", "2024-02-21 17:30"),
        # seven natural days end in the National Day week
        ("2025-09-25 10:00", "7 days", "2025-10-09 17:30"),
        ("2025-09-28 10:00", "1 working day", "2025-09-29 17:30"),
        ("2025-09-30 16:30", "3 working hours", "2025-10-09 11:00"),
        # Labour Day: the month's last day and the roll behind it
        ("2025-03-31 10:00", "1 month", "2025-04-30 17:30"),
        ("2025-04-01 10:00", "1 month", "2025-05-06 17:30"),
        ("2024-04-27 10:00", "1 working day", "2024-04-28 17:30"),
    ],
)
def test_known_deadlines(start: str, span: str, due: str) -> None:
    begun = datetime.fromisoformat(start).replace(tzinfo=ZONE)
    found = deadline(begun, Span.parse(span), calendar())
    assert f"{found.due:%Y-%m-%d %H:%M}" == due and not found.provisional


def test_a_deadline_in_working_days_is_the_nth_working_day() -> None:
    days, on = calendar(), date(2010, 1, 1)
    while on < date(2026, 1, 1):
        begun = datetime(on.year, on.month, on.day, 10, tzinfo=ZONE)
        for n in (1, 5, 15):
            assert deadline(begun, Span.parse(f"{n} working days"), days).due.date() == days.after(on, n)
        on += timedelta(days=3)
