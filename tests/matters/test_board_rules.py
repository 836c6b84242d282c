"""What makes a board of a matter: told by the shape of its procedure, whatever its pack."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gantang.engine import Procedure
from gantang.matters.rules import boards
from tests.docs.test_howto import whole_pack
from tests.engine.sample import procedures

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
MONTH = timedelta(days=30)


def named(name: str) -> Procedure:
    return procedures()[name]


@pytest.mark.parametrize("name", ["listed", "special_campaign", "group_meeting", "standing_group"])
def test_whatever_opens_a_matter_for_each_row_or_each_time_round_has_a_board(name: str):
    assert boards.opening(named(name))


@pytest.mark.parametrize("name", ["request", "listed_item", "campaign_task", "group_task"])
def test_what_only_asks_other_units_for_help_has_none(name: str):
    assert not boards.opening(named(name))


def test_a_pack_under_another_name_has_the_same_board():
    listed = named("listed")
    other = replace(listed, name="x", fields={f: replace(one) for f, one in listed.fields.items()})
    assert boards.columns(other) == boards.columns(listed) == ("part", "arisen")


def test_a_report_is_a_move_by_people_that_keeps_the_state_opens_nothing_and_asks_for_words():
    assert [one.name for one in boards.telling(named("listed"))] == ["dispatch"]
    assert [one.name for one in boards.telling(named("special_campaign"))] == ["bulletin"]
    assert [one.name for one in boards.telling(named("listed_item"))] == ["progress"]
    assert boards.telling(named("standing_group")) == ()


@pytest.mark.parametrize(
    ("last", "now", "stands"),
    [
        (AT + timedelta(days=1), AT + timedelta(days=40), "made"),
        (AT - timedelta(days=1), AT + timedelta(days=3), "running"),
        (None, AT + timedelta(days=3), "running"),
        (None, AT + timedelta(days=25), "due"),
        (AT - timedelta(days=1), AT + timedelta(days=31), "late"),
    ],
)
def test_a_report_is_due_towards_the_end_of_its_period_and_late_after_it(
    last: datetime | None, now: datetime, stands: str
):
    assert boards.stands(entered=AT, due=AT + MONTH, last=last, now=now) == stands


def test_without_a_term_a_report_is_never_late():
    assert boards.stands(entered=AT, due=None, last=None, now=AT + 10 * MONTH) == "running"


def test_a_meeting_that_was_not_called_in_time_is_missed_since_its_day():
    group, due = named("standing_group"), AT + MONTH
    given = {"state": "standing", "due": due}
    assert boards.missed(group, **given, now=due + timedelta(days=2)) == due
    assert boards.missed(group, **given, now=due - timedelta(days=2)) is None
    assert boards.missed(group, state="forming", due=due, now=due + timedelta(days=2)) is None
    assert boards.missed(named("listed"), state="running", due=due, now=due + timedelta(days=2)) is None


def test_a_pack_written_from_the_page_alone_has_a_board_of_the_rows_it_opens(tmp_path: Path):
    mending = whole_pack(tmp_path).procedures["mending"]
    (move,) = boards.opening(mending)
    assert move.opens is not None and move.opens.each == "plan"
    assert boards.columns(mending) == (), "days and sums split nothing"
    assert boards.again(mending) is None
