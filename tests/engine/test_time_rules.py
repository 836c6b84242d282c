"""Working time by hand: the rules of the Civil Code, one by one, and the faults other systems had."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gantang import engine
from gantang.engine.run.case import Clock
from gantang.engine.run.clocks import threshold
from gantang.engine.time import (
    Calendar,
    CalendarError,
    Day,
    DayKind,
    Extended,
    Paused,
    Span,
    SpanError,
    Unit,
    deadline,
)
from gantang.engine.time.calendar import ZONE, day_of

REST, MAKEUP = DayKind.REST, DayKind.MAKEUP
#: 2026 as in a notice: the Spring Festival from Monday 16 to Monday 23 February, worked for on Saturday 28.
SPRING = {date(2026, 2, day): Day(REST, "春节", "Spring Festival") for day in range(16, 24)}
YEAR = Calendar("2026", {**SPRING, date(2026, 2, 28): MAKEUP}, published=range(2025, 2028))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due(start: str, span: str, calendar: Calendar = YEAR, **more: object) -> str:
    found = deadline(at(start), Span.parse(span), calendar, **more).due  # type: ignore[arg-type]
    return f"{found.astimezone(ZONE):%Y-%m-%d %H:%M}"


# the first day, the last day (民法典 §201, §203)


def test_the_first_day_is_left_out() -> None:
    assert due("2026-03-02 09:00", "1 working day") == "2026-03-03 17:30"
    assert due("2026-03-02 00:01", "1 day", side="people") == "2026-03-04 00:00"


def test_a_start_on_a_rest_day_leaves_that_day_out_and_counts_the_next_working_days() -> None:
    assert due("2026-03-07 10:00", "1 working day") == "2026-03-09 17:30"


def test_the_last_day_rolls_to_the_next_working_day() -> None:
    assert due("2026-03-02 09:00", "5 days") == "2026-03-09 17:30"
    assert due("2026-02-10 09:00", "7 days") == "2026-02-24 17:30"


def test_days_on_the_way_count_holidays_too_only_the_last_rolls() -> None:
    assert due("2026-02-13 09:00", "12 days") == "2026-02-25 17:30"


def test_the_last_day_ends_with_business_for_staff_and_at_midnight_for_people() -> None:
    assert due("2026-03-02 09:00", "3 days") == "2026-03-05 17:30"
    assert due("2026-03-02 09:00", "3 days", side="people") == "2026-03-06 00:00"


def test_the_moment_24_00_belongs_to_the_day_it_ends() -> None:
    assert due("2026-03-03 00:00", "1 working day") == due("2026-03-02 09:00", "1 working day")
    assert due("2026-03-03 00:01", "1 working day") == "2026-03-04 17:30"
    assert day_of(at("2026-03-03 00:00")) == date(2026, 3, 2)


def test_a_clock_started_by_a_lapse_at_midnight_leaves_out_the_day_that_ended() -> None:
    lapsed = deadline(at("2026-03-02 09:00"), Span.parse("5 days"), YEAR, side="people").due
    assert lapsed == at("2026-03-10 00:00")
    assert deadline(lapsed, Span.parse("1 working day"), YEAR).due == at("2026-03-10 17:30")


# units


def test_hours_run_through_nights_and_holidays() -> None:
    assert due("2026-02-15 22:00", "24 hours") == "2026-02-16 22:00"


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-03-02 11:00", "2 working hours", "2026-03-02 14:30"),
        ("2026-03-02 16:30", "2 working hours", "2026-03-03 10:00"),
        ("2026-03-06 17:30", "1 working hour", "2026-03-09 10:00"),
        ("2026-03-07 10:00", "3 working hours", "2026-03-09 12:00"),
        ("2026-02-15 10:00", "1 working hour", "2026-02-24 10:00"),
        ("2026-03-02 05:00", "7 working hours", "2026-03-02 17:30"),
    ],
)
def test_working_hours_run_from_the_next_opening(start: str, span: str, end: str) -> None:
    assert due(start, span) == end


def test_a_day_worked_in_exchange_counts() -> None:
    assert due("2026-02-25 09:00", "3 working days") == "2026-02-28 17:30"
    assert due("2026-02-14 09:00", "1 working day") == "2026-02-24 17:30"


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-03-31 09:00", "1 month", "2026-04-30 17:30"),
        ("2026-01-31 09:00", "1 month", "2026-03-02 17:30"),
        ("2027-01-31 09:00", "13 months", "2028-02-29 17:30"),
        ("2026-04-15 09:00", "1 month", "2026-05-15 17:30"),
        ("2026-03-02 09:00", "1 year", "2027-03-02 17:30"),
        ("2024-02-29 09:00", "1 year", "2025-02-28 17:30"),
        ("2024-02-29 09:00", "2 years", "2026-03-02 17:30"),
    ],
)
def test_months_and_years_end_on_the_day_of_the_same_number_or_the_months_last(
    start: str, span: str, end: str
) -> None:
    """民法典 §202; 2026-02-28 is a Saturday, worked only where the calendar says so."""
    assert due(start, span, Calendar("plain", SPRING, published=range(2024, 2029))) == end


def test_a_half_day_is_one_working_day_and_has_its_real_hours() -> None:
    half = YEAR.overlaid(
        "half", {date(2026, 3, 4): Day(DayKind.WORKING, "半天", "half day", (("09:00", "12:00"),))}
    )
    assert due("2026-03-02 09:00", "2 working days", half) == "2026-03-04 12:00"
    assert due("2026-03-03 16:30", "5 working hours", half) == "2026-03-05 10:00"


def test_a_weekly_half_day_counts_as_a_working_day() -> None:
    saturday = Calendar("six", {}, week={5: (("09:00", "12:00"),)}, published=[2026])
    assert due("2026-03-06 09:00", "1 working day", saturday) == "2026-03-07 12:00"


# local days, versions, what is not announced yet


def test_a_countys_own_holiday_lies_over_the_shared_calendar() -> None:
    county = YEAR.overlaid("county-1", {date(2026, 3, 3): Day(REST, "县庆", "county day")})
    found = deadline(at("2026-03-02 09:00"), Span.parse("1 working day"), county)
    assert (found.due, found.calendar_version) == (at("2026-03-04 17:30"), "county-1")
    assert due("2026-03-02 09:00", "1 working day") == "2026-03-03 17:30"
    assert county.published == YEAR.published


def test_a_deadline_over_an_unannounced_year_is_provisional() -> None:
    only = Calendar("2026", SPRING, published=[2026])
    near = deadline(at("2026-03-02 09:00"), Span.parse("5 working days"), only)
    far = deadline(at("2026-12-30 09:00"), Span.parse("5 working days"), only)
    assert (near.provisional, far.provisional) == (False, True)
    assert "暂定" in far.explanation.words("zh") and "provisional" in far.explanation.words("en")


def test_the_last_days_of_a_year_are_settled_only_by_the_next_years_notice() -> None:
    only, both = Calendar("a", {}, published=[2026]), Calendar("b", {}, published=[2026, 2027])
    start, span = at("2026-12-28 09:00"), Span.parse("1 working day")
    assert deadline(start, span, only).provisional and not deadline(start, span, both).provisional


def test_natural_days_are_provisional_only_where_the_last_day_may_roll_elsewhere() -> None:
    only = Calendar("2026", {}, published=[2026, 2028])
    found = deadline(at("2026-11-02 09:00"), Span.parse("600 days"), only)
    assert not found.provisional


def test_hours_are_never_provisional() -> None:
    assert not deadline(at("2030-12-30 09:00"), Span.parse("48 hours"), YEAR).provisional


# pauses


def test_a_day_touched_by_a_pause_does_not_count() -> None:
    for since, until in (("10:00", "10:01"), ("00:00", "23:59")):
        stood = [Paused(at(f"2026-03-03 {since}"), at(f"2026-03-03 {until}"))]
        assert due("2026-03-02 09:00", "2 working days", pauses=stood) == "2026-03-05 17:30"


def test_a_pause_outside_working_hours_takes_no_working_day_but_a_natural_one() -> None:
    night = [Paused(at("2026-03-03 18:00"), at("2026-03-03 23:00"))]
    assert due("2026-03-02 09:00", "2 working days", pauses=night) == "2026-03-04 17:30"
    assert due("2026-03-02 09:00", "2 days", pauses=night) == "2026-03-05 17:30"
    noon = [Paused(at("2026-03-03 12:00"), at("2026-03-03 13:30"))]
    assert due("2026-03-02 09:00", "2 working days", pauses=noon) == "2026-03-04 17:30"


def test_a_pause_until_midnight_does_not_touch_the_day_after() -> None:
    stood = [Paused(at("2026-03-03 10:00"), at("2026-03-04 00:00"))]
    assert due("2026-03-02 09:00", "2 days", pauses=stood) == "2026-03-05 17:30"


def test_a_pause_over_a_weekend_takes_no_working_day() -> None:
    stood = [Paused(at("2026-03-06 17:30"), at("2026-03-09 09:00"))]
    assert due("2026-03-05 09:00", "2 working days", pauses=stood) == "2026-03-09 17:30"


def test_the_last_day_does_not_roll_into_a_pause() -> None:
    stood = [Paused(at("2026-03-09 10:00"), at("2026-03-10 10:00"))]
    assert due("2026-03-02 09:00", "5 days", pauses=stood) == "2026-03-11 17:30"


def test_pauses_that_meet_or_overlap_count_once() -> None:
    apart = [
        Paused(at("2026-03-03 09:00"), at("2026-03-04 12:00")),
        Paused(at("2026-03-04 10:00"), at("2026-03-05 12:00")),
    ]
    one = [Paused(at("2026-03-03 09:00"), at("2026-03-05 12:00"))]
    assert due("2026-03-02 09:00", "9 days", pauses=apart) == due("2026-03-02 09:00", "9 days", pauses=one)


def test_hours_stand_still_for_the_length_of_a_pause() -> None:
    stood = [Paused(at("2026-03-02 10:00"), at("2026-03-02 16:30"))]
    assert due("2026-03-02 09:00", "24 hours", pauses=stood) == "2026-03-03 15:30"
    assert due("2026-03-02 09:00", "2 working hours", pauses=stood) == "2026-03-02 17:30"


def test_a_pause_before_the_start_or_after_the_end_changes_nothing() -> None:
    far = [
        Paused(at("2026-01-05 09:00"), at("2026-01-09 09:00")),
        Paused(at("2026-05-05 09:00"), at("2026-05-09 09:00")),
    ]
    for span in ("24 hours", "5 working hours", "5 days", "5 working days", "1 month"):
        assert due("2026-03-02 09:00", span, pauses=far) == due("2026-03-02 09:00", span)


# extensions


def test_an_extension_counts_from_the_old_deadline() -> None:
    more = [Extended(Span.parse("2 working days"))]
    assert due("2026-03-02 09:00", "3 working days", extensions=more) == "2026-03-09 17:30"
    assert due("2026-03-02 09:00", "5 days", extensions=[Extended(Span.parse("1 day"))]) == "2026-03-10 17:30"


def test_an_extension_from_a_deadline_at_midnight_leaves_out_the_day_that_ended() -> None:
    more = [Extended(Span.parse("1 day"))]
    assert due("2026-03-02 09:00", "1 day", side="people", extensions=more) == "2026-03-05 00:00"


# percent moments


def part(span: str, percent: int, start: str = "2026-03-02 09:00", **more: object) -> str:
    begun = at(start)
    clock = Clock(begun, span, "staff", begun, YEAR.version, **more)  # type: ignore[arg-type]
    end = engine.explain(clock, YEAR).due
    return f"{threshold(clock, percent, end, YEAR):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("span", "percent", "moment"),
    [
        ("5 working days", 80, "2026-03-06 17:30"),
        ("3 working days", 80, "2026-03-05 17:30"),
        ("1 working day", 80, "2026-03-03 17:30"),
        ("5 working days", 150, "2026-03-12 17:30"),
        ("10 days", 50, "2026-03-09 17:30"),
        ("2 working hours", 80, "2026-03-02 10:36"),
        ("4 working hours", 80, "2026-03-02 13:42"),
        ("2 working hours", 150, "2026-03-02 12:00"),
        ("1 hour", 33, "2026-03-02 09:19"),
        ("24 hours", 80, "2026-03-03 04:12"),
    ],
)
def test_percent_is_of_the_clocks_own_unit_days_rounded_up_hours_to_the_minute(
    span: str, percent: int, moment: str
) -> None:
    assert part(span, percent) == moment


@pytest.mark.parametrize(
    ("percent", "moment"),
    [
        (50, "2026-03-18 17:30"),
        (80, "2026-03-27 17:30"),
        (100, "2026-04-02 17:30"),
        (150, "2026-04-20 17:30"),
    ],
)
def test_percent_of_a_month_is_of_its_days(percent: int, moment: str) -> None:
    assert part("1 month", percent) == moment


def test_percent_moves_with_pauses_and_extensions() -> None:
    stood = ((at("2026-03-03 10:00"), at("2026-03-03 11:00")),)
    assert part("5 working days", 80, stops=stood) == "2026-03-09 17:30"
    assert part("5 working days", 80, extensions=("5 working days",)) == "2026-03-12 17:30"


def test_percent_beyond_the_longest_clock_is_cut_not_an_error() -> None:
    assert part("36525 days", 1000) == part("36525 days", 100)
    assert part("87600 hours", 1000) == part("87600 hours", 100)


# what other systems got wrong


def test_a_calendar_open_round_the_clock_loses_no_minute_at_midnight() -> None:
    always = Calendar(
        "24/7", {}, (("00:00", "24:00"),), week={5: (("00:00", "24:00"),), 6: (("00:00", "24:00"),)}
    )
    assert due("2026-03-02 09:00", "100 working hours", always) == due(
        "2026-03-02 09:00", "100 hours", always
    )


def test_a_calendar_of_several_segments_a_day_has_no_deadline_at_midnight() -> None:
    assert part("4 working hours", 80, "2026-03-02 16:00") == "2026-03-03 10:42"


def test_the_same_instant_in_another_zone_gives_the_same_deadline() -> None:
    start = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    here = start.astimezone(ZONE)
    assert here.date() == date(2026, 3, 3)
    for span in ("1 working day", "3 days", "2 working hours", "1 month"):
        assert deadline(start, Span.parse(span), YEAR).due == deadline(here, Span.parse(span), YEAR).due
    assert deadline(start, Span.parse("1 working day"), YEAR).due == at("2026-03-04 17:30")


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadline(datetime(2026, 3, 2, 9), Span.parse("1 day"), YEAR)  # noqa: DTZ001


def test_a_newly_announced_holiday_moves_the_deadline() -> None:
    later = YEAR.overlaid("2026-b", {date(2026, 3, 5): REST})
    assert due("2026-03-02 09:00", "5 working days") == "2026-03-09 17:30"
    assert due("2026-03-02 09:00", "5 working days", later) == "2026-03-10 17:30"


def test_staff_are_never_due_at_night_or_on_a_rest_day() -> None:
    for n in range(60):
        start = at("2026-02-01 09:00") + timedelta(hours=11 * n)
        for span in ("2 working days", "9 days", "1 month"):
            found = deadline(start, Span.parse(span), YEAR).due
            assert YEAR.is_working(found.date()) and f"{found:%H:%M}" == "17:30"


@pytest.mark.slow
def test_a_century_is_counted_and_what_lies_beyond_is_an_error() -> None:
    assert due("2026-03-02 09:00", "100 years")[:4] == "2126"
    with pytest.raises(OverflowError):
        due("9990-01-01 09:00", "100 years")


# explained


def test_the_explanation_tells_every_step_and_its_rule() -> None:
    stood = [Paused(at("2026-02-25 10:00"), at("2026-02-25 11:00"), "等材料")]
    found = deadline(
        at("2026-02-13 09:00"),
        Span.parse("5 working days"),
        YEAR,
        pauses=stood,
        extensions=[Extended(Span.parse("3 days"), "专家评审")],
    )
    assert [one.zh for one in found.explanation.steps] == [
        "2026-02-25 10:00至2026-02-25 11:00停表，等材料。",
        "从2026-02-13 09:00起算5个工作日，当天不算（民法典第二百零一条）。",
        "其间不算：周末3天、春节8天、停表1天。",
        "调休上班，算在内：2026-02-28。",
        "到当天下班时截止：2026-03-02 17:30（民法典第二百零三条）。",
        "延期：专家评审。",
        "从原期限2026-03-02 17:30起算3天，当天不算（民法典第二百零一条）。",
        "到当天下班时截止：2026-03-05 17:30（民法典第二百零三条）。",
    ]
    assert found.explanation.steps[2].en == "Not counted on the way: weekend 3, Spring Festival 8, paused 1."


def test_the_explanation_says_why_the_last_day_rolled() -> None:
    found = deadline(at("2026-02-10 09:00"), Span.parse("7 days"), YEAR, side="people")
    assert (
        found.explanation.steps[1].zh == "最后一天2026-02-17是春节，顺延到2026-02-24（民法典第二百零三条）。"
    )
    assert found.explanation.steps[-1].en == "The day ends at 24:00: 2026-02-24 24:00 (Civil Code §203)."


def test_a_resident_reads_one_plain_sentence_where_nothing_else_is_to_know() -> None:
    how = deadline(at("2026-03-02 09:00"), Span.parse("2 days"), YEAR, side="people").explanation
    assert how.words("zh-Hans") == "2天，从2026年3月2日09:00起算，当天不算，最迟到2026年3月4日24:00。"
    assert (
        how.words("en")
        == "2 days from 09:00 on 2 March 2026, that day left out: until 24:00 on 4 March 2026 at the latest."
    )


def test_a_second_sentence_tells_what_was_left_out_and_why_the_day_may_still_move() -> None:
    stood = [Paused(at("2026-02-25 10:00"), at("2026-02-25 11:00"))]
    how = deadline(at("2026-02-13 09:00"), Span.parse("5 working days"), YEAR, pauses=stood).explanation
    assert how.words("zh").endswith("其间周末3天、春节8天、停表1天不算。")
    only = Calendar("2026", SPRING, published=[2026])
    far = deadline(at("2026-12-31 09:00"), Span.parse("2 days"), only, side="people").explanation
    assert far.words("zh").endswith(
        "期满那天是周末，往后顺延；放假安排还没有全部公布，日期是暂定的，公布后会重算。"
    )
    assert "provisional and will be counted again" in far.words("en")


def test_an_auditor_reads_every_day_counted_or_left_out_and_why() -> None:
    stood = [Paused(at("2026-02-25 10:00"), at("2026-02-25 11:00"))]
    how = deadline(at("2026-02-13 09:00"), Span.parse("5 working days"), YEAR, pauses=stood).explanation
    assert [one.zh for one in how.audit[2:11]] == [
        "2026-02-13：起算当天，不计。",
        "2026-02-14至2026-02-15：周末，不计。",
        "2026-02-16至2026-02-23：春节，不计。",
        "2026-02-24：计入，第1天。",
        "2026-02-25：停表，不计。",
        "2026-02-26至2026-02-27：计入，第2–3天。",
        "2026-02-28：调休上班，计入，第4天。",
        "2026-03-01：周末，不计。",
        "2026-03-02：计入，第5天。",
    ]
    assert how.audit[7].en == "2026-02-26 to 2026-02-27: counted, days 2–3."


def test_an_auditor_reads_every_opening_of_a_clock_of_working_hours() -> None:
    how = deadline(at("2026-03-06 16:30"), Span.parse("5 working hours"), YEAR).explanation
    assert [one.zh for one in how.audit[1:-1]] == [
        "2026-03-06 16:30至2026-03-06 17:30：计入1小时。",
        "2026-03-07至2026-03-08：周末，不计。",
        "2026-03-09 09:00至2026-03-09 14:30：计入4小时。",
    ]


# calendars and spans by themselves


def test_opening_hours_must_be_in_order_and_apart() -> None:
    for hours in (
        (("12:00", "09:00"),),
        (("09:00", "12:00"), ("11:00", "17:00")),
        (("09:00", "09:00"),),
        (("9:60", "10:00"),),
    ):
        with pytest.raises(CalendarError):
            Calendar("bad", {}, hours)
    with pytest.raises(CalendarError):
        Calendar("shut", {}, (("09:00", "17:00"),), week=dict.fromkeys(range(7), ()))


def test_doors_open_next_and_close() -> None:
    assert YEAR.next_opening(at("2026-03-02 12:30")) == at("2026-03-02 13:30")
    assert YEAR.next_opening(at("2026-02-14 12:30")) == at("2026-02-24 09:00")
    assert YEAR.close_of(date(2026, 3, 2)) == at("2026-03-02 17:30")
    with pytest.raises(CalendarError):
        YEAR.close_of(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("20 working days", Span(20, Unit.WORKING_DAYS)),
        (" 1  Working Hour ", Span(1, Unit.WORKING_HOURS)),
        ("10 natural days", Span(10, Unit.DAYS)),
        ("20个工作日", Span(20, Unit.WORKING_DAYS)),
        ("3个月", Span(3, Unit.MONTHS)),
        ("24小时", Span(24, Unit.HOURS)),
        ("5年", Span(5, Unit.YEARS)),
    ],
)
def test_spans_are_read_in_two_languages(text: str, span: Span) -> None:
    assert Span.parse(text) == span and Span.parse(str(span)) == span


@pytest.mark.parametrize(
    "text", ["soon", "", "five days", "5", "5 dais", "-3 days", "1.5 days", "0 days", "99999999 days"]
)
def test_what_is_no_span_is_told(text: str) -> None:
    with pytest.raises(SpanError):
        Span.parse(text)


def test_the_nearest_unit_is_named() -> None:
    with pytest.raises(SpanError, match="working days"):
        Span.parse("5 workin days")
