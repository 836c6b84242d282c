"""The day ruler: every day from the start to the deadline has its cell, its look and its sentence."""

from dataclasses import replace
from datetime import date, timedelta

from gantang.faces.ruler import MOST_CELLS, Run, cells

MONDAY = date(2026, 11, 16)
WEEK = Run(start=MONDAY, due=date(2026, 11, 23), today=date(2026, 11, 18), counts=lambda on: on.weekday() < 5)


def looks(run: Run) -> list[str]:
    return [cell.kind for cell in cells(run)]


def test_one_cell_a_day_the_first_is_not_counted():
    assert looks(WEEK) == ["zero", "", "todo", "todo", "todo", "rest", "rest", "todo"]


def test_the_deadline_and_today_are_marked_once():
    drawn = cells(WEEK)
    assert [index for index, cell in enumerate(drawn) if cell.due] == [7]
    assert [index for index, cell in enumerate(drawn) if cell.now] == [2]


def test_paused_days_are_hatched_and_extension_outlined():
    run = replace(WEEK, paused=(date(2026, 11, 19),), extended_after=date(2026, 11, 20))
    assert looks(run) == ["zero", "", "todo", "stop", "todo", "rest", "rest", "more"]


def test_days_after_the_deadline_are_over_until_today():
    run = replace(WEEK, due=date(2026, 11, 17))
    assert looks(run) == ["zero", "", "over"]


def test_what_ended_in_time_has_no_today():
    drawn = cells(replace(WEEK, ended=date(2026, 11, 17)))
    assert not any(cell.now for cell in drawn)
    assert [cell.kind for cell in drawn][:4] == ["zero", "", "todo", "todo"]


def test_every_cell_can_be_heard():
    assert all("11月" in cell.sentence for cell in cells(WEEK))
    assert "到期" in cells(WEEK)[-1].sentence


def test_a_long_clock_is_drawn_in_weeks():
    drawn = cells(replace(WEEK, due=MONDAY + timedelta(days=200)))
    assert len(drawn) == 29
    assert drawn[-1].due


def test_a_very_late_clock_stays_drawable():
    drawn = cells(replace(WEEK, today=MONDAY + timedelta(days=2000)))
    assert len(drawn) <= MOST_CELLS


def test_a_deadline_on_the_first_day_is_one_cell():
    drawn = cells(replace(WEEK, due=MONDAY, today=MONDAY))
    assert len(drawn) == 1
    assert drawn[0].due


def test_words_of_a_deadline_near_the_start_are_not_run_into():
    long_over = cells(replace(WEEK, due=date(2026, 11, 17), today=date(2026, 12, 8)))
    assert [cell.under for cell in long_over if cell.under] == ["11月17日"]
    assert [cell.under for cell in cells(WEEK) if cell.under] == ["11月16日", "11月23日"]
