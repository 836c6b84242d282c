"""Local calendars follow changed ground: one alone is taken over, where two differ somebody says whose holds."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.catalogue import queries, service
from gantang.catalogue.types import CalendarChange, LocalDay
from gantang.engine import Words
from gantang.kit import clock
from gantang.procedures import service as procedures
from gantang.territory import queries as territory
from gantang.territory import service as ground
from gantang.territory.types import Operation
from tests.territory.changing import drafted, in_force, second

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("changing_ground")]
ON = date(2026, 12, 8)  # a Tuesday
OTHER = "360429"


def rest(world: "World", where: str, on: date = ON, since: datetime | None = None) -> None:
    day = LocalDay(where, on, "rest", Words("县庆", "County day"), None, "示例文件")
    change = CalendarChange(where, put=(day,), source="示例文件", since=since)
    service.change_calendar(actor=world.cast.admin, change_=change, now=clock.now())


def merged(world: "World") -> Operation:
    return "merge_divisions", {"divisions": [world.county], "into": OTHER}


def days(where: str, at: datetime | None = None) -> list[date]:
    return [one.on for one in queries.local_days(where, at=at)]


def test_a_county_with_a_new_code_keeps_its_calendar_and_the_old_code_what_was_counted_on(
    world: "World",
) -> None:
    rest(world, world.county)
    rest(world, world.village, ON + timedelta(days=1))
    in_force(world.cast.admin, ("recode_division", {"division": world.county, "code": "360495"}))
    assert days("360495") == days(world.county) == [ON]
    assert days("360495" + world.village[6:]) == [ON + timedelta(days=1)]
    assert not queries.calendar_for("360495101001").is_working(ON)
    assert queries.editions("360495")[0].source == "区划调整：360428 → 360495"


def test_days_that_begin_later_follow_too(world: "World") -> None:
    later = clock.now() + timedelta(days=5)
    rest(world, world.county, since=later)
    in_force(world.cast.admin, ("recode_division", {"division": world.county, "code": "360495"}))
    assert (days("360495"), days("360495", later)) == ([], [ON])


@pytest.mark.slow
def test_the_only_local_calendar_of_a_merger_holds_for_all_of_it_unless_the_change_says_otherwise(
    world: "World",
) -> None:
    rest(world, world.county)
    found = queries.following(territory.proposed_change([merged(world)], world.on), at=clock.now())
    assert [(one.ground, one.options, one.of) for one in found] == [
        (OTHER, (OTHER, world.county), world.county)
    ]
    in_force(world.cast.admin, merged(world), ("settle", {"what": "calendar", "ground": OTHER}))
    assert days(OTHER) == []


@pytest.mark.slow
def test_two_that_count_alike_ask_nobody(world: "World") -> None:
    for where in (world.county, OTHER):
        rest(world, where)
    in_force(world.cast.admin, merged(world))
    assert days(OTHER) == [ON] and len(queries.editions(OTHER)) == 1


@pytest.mark.slow
def test_two_that_differ_hold_the_change_back_until_somebody_says_whose_holds(world: "World") -> None:
    rest(world, world.county)
    rest(world, OTHER, ON + timedelta(days=1))
    now = clock.now()
    change = drafted(world.cast.admin, merged(world))
    ground.review_change(actor=second(world.cast.admin), change=change, now=now)
    assert procedures.take_ground_changes(now=now) == 0
    held = territory.change_set(change)
    assert (held.state, held.fault) == ("reviewed", "territory.unsettled")
    assert territory.exists(world.county, world.on) and days(OTHER) == [ON + timedelta(days=1)]
    ground.withdraw_change(actor=world.cast.admin, change=change, now=now)
    in_force(world.cast.admin, merged(world), ("settle", {"what": "calendar", "ground": world.county}))
    assert days(OTHER) == [ON]


def test_both_halves_of_a_split_grid_keep_its_days_and_a_retired_one_hands_none_on(world: "World") -> None:
    rest(world, world.grid)
    rest(world, world.next_grid)
    halves = [{"name": f"示例{n}", "households": 100} for n in (1, 2)]
    operations = [
        ("split", {"grid": world.grid, "into": halves}),
        ("retire", {"grid": world.next_grid, "heir": world.village}),
    ]
    in_force(world.cast.admin, *operations)
    new = [one.new for one in territory.lineage(world.grid)]
    assert len(new) == 2 and all(days(code) == [ON] for code in new)
    assert days(world.village) == []


@pytest.mark.slow
def test_a_deadline_counted_on_the_old_code_stands_on_the_new_one(world: "World") -> None:
    from gantang.matters import service as matters
    from tests.matters import paths
    from tests.matters.acting import Course, row_of, told

    tomorrow = world.on + timedelta(days=1)
    for offset in range(1, 15):
        rest(world, world.county, tomorrow + timedelta(days=offset * 2))
    course = Course(told(world.grid))
    paths.handled(world, course)
    before = row_of(course.id).due_at
    in_force(world.cast.admin, ("recode_division", {"division": world.county, "code": "360495"}))
    while matters.sweep(now=clock.now() + timedelta(minutes=5)):
        pass
    after = row_of(course.id)
    assert (after.scope, after.due_at) == ("360495" + world.grid[6:], before)
    bare = replace(queries.local_days(world.county)[0], ground="360429")
    assert queries.calendar_for("360495101").version != queries.calendar_for(bare.ground).version
