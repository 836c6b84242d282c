"""The picture of a clock: which days of it count."""

from datetime import date, datetime, timedelta

import pytest

from gantang.engine.time import Span, deadline
from gantang.faces import clocks
from tests.engine.planting import calendar

FRIDAY = datetime(2026, 11, 20, 9, 0).astimezone()
SATURDAY, SUNDAY = 1, 2


def drawn(span: str) -> list[str]:
    def counts(on: date) -> bool:
        return on.weekday() < 5

    due = FRIDAY + timedelta(days=4)
    told = deadline(FRIDAY, Span.parse(span), calendar()).explanation
    made = clocks.picture(
        title="", start=FRIDAY, due=due, span=span, explanation=told, counts=counts, now=FRIDAY
    )
    return [cell.kind for cell in made.cells]


@pytest.mark.parametrize("span", ["4 days", "1 months", "96 hours"])
def test_rest_days_count_in_days_months_and_hours(span: str) -> None:
    assert "rest" not in drawn(span)


@pytest.mark.parametrize("span", ["2 working days", "8 working hours"])
def test_rest_days_are_left_out_of_working_days_and_hours(span: str) -> None:
    assert drawn(span)[SATURDAY] == drawn(span)[SUNDAY] == "rest"
