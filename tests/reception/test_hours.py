"""When the doors are open: the centre's week, the country's rest days, days worked in exchange."""

from datetime import date, datetime

import pytest

from gantang.engine import Calendar, Day, DayKind
from gantang.kit.clock import ZONE
from gantang.reception.rules import hours
from gantang.reception.types import Hours

WORK = (("09:00", "12:00"), ("13:30", "17:30"))
WEEK = {0: WORK, 1: WORK, 2: WORK, 3: WORK, 4: WORK, 5: (("09:00", "12:00"),)}
#: 2026: 1 October is a Thursday; Saturday the 10th is worked in exchange.
CALENDAR = Calendar(
    "test",
    {
        date(2026, 10, 1): Day(DayKind.REST, "国庆节", "National Day"),
        date(2026, 10, 2): Day(DayKind.REST, "国庆节", "National Day"),
        date(2026, 10, 3): Day(DayKind.REST, "国庆节", "National Day"),
        date(2026, 10, 10): Day(DayKind.MAKEUP),
        date(2026, 10, 12): Day(DayKind.WORKING, "县庆", "County day", (("09:00", "11:00"),)),
    },
    published=[2026, 2027],
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:00-12:00 13:30-17:30", WORK),
        ("9:00–12:00，13:30至17:30", WORK),
        ("09：00-12：00", (("09:00", "12:00"),)),
        ("", ()),
        ("12:00-09:00", None),
        ("09:00-12:00 11:00-13:00", None),
        ("09:70-12:00", None),
        ("25:00-26:00", None),
        ("morning", None),
    ],
)
def test_hours_are_read_as_people_write_them_or_not_at_all(text: str, read: Hours | None):
    assert hours.read(text) == read


def test_what_is_shown_is_read_again_as_it_was():
    assert hours.read(hours.shown(WORK)) == WORK


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (5, WORK),  # a Monday
        (24, (("09:00", "12:00"),)),  # a Saturday on which this centre opens
        (25, ()),  # a Sunday
        (1, ()),  # a holiday on a Thursday
        (3, ()),  # a holiday on a Saturday
        (10, WEEK[5]),  # worked in exchange: this weekday's own hours, where there are any
        (12, (("09:00", "11:00"),)),  # a half day of the county's
    ],
)
def test_a_day_has_the_hours_of_its_weekday_unless_the_calendar_says_otherwise(day: int, found: Hours):
    assert hours.of_day(WEEK, CALENDAR, date(2026, 10, day)) == found


def test_a_sunday_worked_in_exchange_has_the_hours_of_a_usual_working_day():
    exchanged = Calendar("test", {date(2026, 10, 11): Day(DayKind.MAKEUP)}, published=[2026, 2027])
    assert hours.of_day(WEEK, exchanged, date(2026, 10, 11)) == WORK


def test_open_until_the_doors_close_and_then_until_they_open_again():
    assert hours.doors(WEEK, CALENDAR, at(5, 10)) == hours.Doors(True, at(5, 12))
    assert hours.doors(WEEK, CALENDAR, at(5, 12)) == hours.Doors(False, at(5, 13, 30))
    assert hours.doors(WEEK, CALENDAR, at(5, 18)) == hours.Doors(False, at(6, 9))


def test_a_holiday_is_named_and_the_next_opening_lies_behind_it():
    assert hours.doors(WEEK, CALENDAR, at(1, 10)) == hours.Doors(False, at(5, 9), ("国庆节", "National Day"))


def test_a_centre_without_hours_never_opens():
    assert hours.doors({}, CALENDAR, at(5, 10)) == hours.Doors(False, None)


def test_times_fill_an_opening_and_never_overrun_it():
    day = hours.spans(WEEK, CALENDAR, date(2026, 10, 5), at(5, 0))
    found = list(hours.times(day, 50))
    assert [f"{since:%H:%M}" for since, _ in found] == [
        "09:00", "09:50", "10:40", "13:30", "14:20", "15:10", "16:00",
    ]  # fmt: skip
    assert all(any(a <= since and until <= b for a, b in day) for since, until in found)
