"""The working calendar of 2004–2026 as a published list has it, day by day."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

import pytest

from gantang import engine
from gantang.engine.run.case import Clock
from gantang.engine.run.clocks import threshold
from gantang.engine.time import Calendar, Day, DayKind, Extended, Paused, Span, deadline
from gantang.engine.time.calendar import ZONE
from tests.engine import sample
from tests.engine.sample import Walk, handling
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
    found = deadline(at(start), Span.parse(span), calendar())
    assert f"{found.due:%Y-%m-%d %H:%M}" == due and not found.provisional


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_deadline_in_working_days_is_the_nth_working_day() -> None:
    days, on = calendar(), date(2010, 1, 1)
    while on < date(2026, 1, 1):
        begun = datetime(on.year, on.month, on.day, 10, tzinfo=ZONE)
        for n in (1, 5, 15):
            assert deadline(begun, Span.parse(f"{n} working days"), days).due.date() == days.after(on, n)
        on += timedelta(days=3)


# What other systems got wrong, each as the rule that was broken there (field notes, peers §2).


@pytest.mark.parametrize("festival", ["2025-02-12", "2025-03-08", "2025-10-29", "2025-12-25", "2023-02-14"])
def test_a_feast_that_is_no_public_holiday_takes_nobody_a_working_day(festival: str) -> None:
    """Lantern Festival, Women's Day, Double Ninth, Christmas: a feed of feasts stretched 48 hours to six days."""
    on = date.fromisoformat(festival)
    assert calendar().is_working(on) == (on.weekday() < 5)
    kind = DayKind.WORKING if on.weekday() < 5 else DayKind.REST
    named = calendar().overlaid("named", {on: Day(kind, "节", "feast")})
    before = at(f"{on - timedelta(days=1)} 10:00")
    for span in ("2 working days", "48 hours"):
        assert (
            deadline(before, Span.parse(span), named).due
            == deadline(before, Span.parse(span), calendar()).due
        )


def test_forty_eight_hours_are_forty_eight_hours_over_the_longest_holiday() -> None:
    for start in ("2025-01-27 10:00", "2025-09-30 17:00", "2024-12-31 23:59"):
        assert deadline(at(start), Span.parse("48 hours"), calendar()).due - at(start) == timedelta(hours=48)


def test_doors_that_never_close_lose_no_minute_at_any_midnight_of_a_year() -> None:
    always = Calendar("24/7", {}, (("00:00", "24:00"),), week=dict.fromkeys((5, 6), (("00:00", "24:00"),)))
    start = at("2025-01-01 00:00")
    for hours in range(1, 365 * 24, 37):
        span = Span.parse(f"{hours} working hours")
        assert deadline(start, span, always).due == start + timedelta(hours=hours)


@pytest.mark.parametrize("percent", [50, 80, 100, 150, 200])
def test_no_reminder_to_staff_falls_at_night_or_on_a_rest_day(percent: int) -> None:
    days = calendar()
    for n in range(0, 365, 5):
        start = at("2025-01-01 08:00") + timedelta(days=n, hours=n % 17)
        for span in ("1 working day", "5 working days", "15 days", "1 month"):
            clock = Clock(start, span, "staff", start, "golden")
            due = engine.explain(clock, days).due
            moment = threshold(clock, percent, due, days)
            assert days.is_working(moment.date()) and f"{moment:%H:%M}" == "17:30"


def test_a_share_of_a_day_with_several_openings_lies_inside_one_of_them() -> None:
    """Never at 00:00, before the deadline was even reached."""
    days = calendar()
    for minute in range(0, 8 * 60, 13):
        start = at("2025-09-30 09:00") + timedelta(minutes=minute)
        clock = Clock(start, "4 working hours", "staff", start, "golden")
        due = engine.explain(clock, days).due
        for percent in (25, 50, 80):
            moment = threshold(clock, percent, due, days)
            assert start <= moment <= due and (
                days.is_open(moment) or f"{moment:%H:%M}" in ("12:00", "17:30")
            )


@pytest.mark.parametrize("hours", range(-12, 15))
def test_a_matter_is_not_late_when_it_opens_whatever_zone_its_moment_is_told_in(hours: int) -> None:
    start = datetime(2025, 9, 30, 6, 0, tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
    for span in ("1 hour", "2 working hours", "1 working day", "1 day"):
        found = deadline(start, Span.parse(span), calendar()).due
        assert found > start and found == deadline(start.astimezone(ZONE), Span.parse(span), calendar()).due


def test_a_working_day_is_a_day_not_so_many_hours() -> None:
    """Counted in milliseconds, what comes in late on a Friday is due before anybody has read it."""
    assert deadline(at("2025-09-26 17:29"), Span.parse("1 working day"), calendar()).due == at(
        "2025-09-28 17:30"
    )
    assert deadline(at("2025-09-26 00:01"), Span.parse("1 working day"), calendar()).due == at(
        "2025-09-28 17:30"
    )


@pytest.mark.parametrize("paused", range(1, 12))
def test_a_suspension_moves_the_end_by_the_very_working_days_it_took(paused: int) -> None:
    days, start = calendar(), at("2025-09-22 10:00")
    since = days.after(date(2025, 9, 22), 2)
    until = days.after(since, paused - 1) if paused > 1 else since
    stood = [Paused(at(f"{since} 09:00"), at(f"{until} 17:30"))]
    moved = deadline(start, Span.parse("5 working days"), days, pauses=stood).due.date()
    assert moved == days.after(date(2025, 9, 22), 5 + paused)


def test_a_suspension_moves_the_planned_and_the_final_end_alike() -> None:
    walk = handling()
    before = walk.case
    walk.go("ask_reporter", "handler", "2026-11-18 10:00", question="x")
    walk.go("supplement", "reporter", "2026-11-20 10:00", supplement="x")
    days = sample.calendar()
    for old, new in ((before.clock, walk.case.clock), (before.total, walk.case.total)):
        assert days.working_days(old.due.date(), new.due.date()) == 3  # 18, 19 and 20 November


@pytest.mark.parametrize("more", [1, 3, 10])
def test_an_extension_moves_the_end_by_the_very_working_days_granted(more: int) -> None:
    start, days = at("2025-09-22 10:00"), calendar()
    granted = [Extended(Span.parse(f"{more} working days"))]
    found = deadline(start, Span.parse("5 working days"), days, extensions=granted).due.date()
    assert found == days.after(date(2025, 9, 22), 5 + more)


def test_a_newly_announced_holiday_moves_a_running_deadline_and_says_which_calendar_did() -> None:
    walk = handling()
    told = sample.calendar().overlaid("told", {date(2026, 11, 20): Day(DayKind.REST, "停工日", "day off")})
    (step,) = engine.recompute(walk.procedure, walk.case, told, walk.now)
    case = engine.apply(walk.case, step)
    assert case.clock.due == sample.at("2026-11-24 17:30") and step.data["calendar"] == "told"
    assert engine.recompute(walk.procedure, case, told, walk.now) == ()


def test_a_published_year_makes_a_provisional_deadline_a_settled_one_even_where_it_does_not_move() -> None:
    walk = Walk(start="2027-12-24 09:30")
    assert walk.case.total.provisional
    out = Calendar(
        "tiny-28", {date(2028, 1, 3): Day(DayKind.REST, "元旦", "New Year")}, published=range(2025, 2029)
    )
    (step,) = engine.recompute(walk.procedure, walk.case, out, walk.now)
    case = engine.apply(walk.case, step)
    assert not case.total.provisional and case.total.due > walk.case.total.due


def test_one_clock_never_overrides_another() -> None:
    walk = Walk()
    total = walk.case.total
    walk.go("accept", "receiver", "2026-11-16 10:05", **{"class": "a", "track": "ordinary"})
    walk.go("take_on", "handler", "2026-11-17 09:00")
    walk.go("ask_extension", "handler", "2026-11-18 09:00", reason="x")
    walk.go("grant_extension", "leader", "2026-11-18 10:00")
    assert walk.case.total == total


def test_what_was_answered_in_time_is_never_called_late_afterwards() -> None:
    walk = handling()
    walk.go("answer", "handler", "2026-11-17 09:00", result="resolved", reply="x")
    assert all(step.data.get("state") != "handling" for step in walk.wait("2026-11-23 18:00"))


def test_every_step_of_lateness_fires_not_the_first_alone() -> None:
    walk = handling()
    fired = [step.data["rule"]["at"] for step in walk.wait("2026-12-04 18:00") if "rule" in step.data]
    assert list(dict.fromkeys(fired)) == ["80%", "100%", "150%", "200%"]


def test_natural_days_that_end_in_a_holiday_end_on_the_next_working_day() -> None:
    days = calendar()
    for n in range(1, 40):
        found = deadline(at("2025-09-15 10:00"), Span.parse(f"{n} days"), days).due.date()
        plain = date(2025, 9, 15) + timedelta(days=n)
        assert found == (plain if days.is_working(plain) else days.after(plain, 1))


def test_how_a_deadline_was_computed_is_told_for_every_unit_in_both_languages() -> None:
    for span in ("2 hours", "3 working hours", "7 days", "5 working days", "1 month", "1 year"):
        how = deadline(at("2025-09-25 10:00"), Span.parse(span), calendar()).explanation
        for lang in ("zh", "en"):
            assert Span.parse(span).words(lang).lower() in how.words(lang).lower()
        assert how.audit[0].zh.startswith("从2025-09-25 10:00起算") and len(how.audit) >= len(how.steps)
