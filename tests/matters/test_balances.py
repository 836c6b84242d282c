"""Balances: what was open, came, went and is left fits the rows, for whoever sees the whole ground and no further."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.kit import clock
from gantang.kit.actor import Actor, Triple
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.models import Matter
from gantang.matters.rules import balancing as rules
from gantang.matters.types import Balance, Balances
from gantang.tallies.types import STOCK
from tests.matters import paths
from tests.matters.acting import Course, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)
LIGHT, WASTE = "facility.lighting", "city.waste"
counts = st.fixed_dictionaries({name: st.integers(0, 50) for name in STOCK})
tables = st.dictionaries(st.sampled_from([LIGHT, WASTE, "dispute.wage", "other"]), counts)


@given(tables, tables)
def test_each_line_adds_up_and_the_groups_are_the_sum_of_their_lines(before, during):
    found = Balances("36", TODAY, TODAY, rules.lines(before, during), ("*",))
    total = found.total
    assert total.carried == sum(one.carried for one in found.lines) == total.opening + total.change
    assert sum(found.by(1), Balance("")) == total == found.of(["*"])
    light = [one for one in found.lines if one.class_code == LIGHT]
    assert found.of(["facility", LIGHT]) == sum(light, Balance(""))


@pytest.fixture
def done(world: "World") -> None:
    """Two matters of the week before, one of which is closed today, and one that came in today."""
    now = clock.now()
    last_week = now - timedelta(days=7)
    old = Course(told(world.grid, "示例：村口路灯不亮。", class_code=LIGHT, now=last_week), last_week)
    told(world.grid, "示例：垃圾没有清运。", class_code=WASTE, now=last_week)
    told(world.grid, "示例：另一处路灯不亮。", class_code=LIGHT, now=now)
    old.now = now
    paths.answered(world, old)
    reporter, _id = service.open_by_code(old.receipt.access_code or "")
    old.by(reporter, "confirm")


def still_open(ground: str) -> int:
    with reading(Actor(client="test", sight=(Triple("*", "", "leader", 0),))):
        return Matter.objects.filter(scope__startswith=ground, ended_at=None).count()


@pytest.mark.usefixtures("done")
def test_what_came_and_went_in_the_period_fits_the_rows(world: "World"):
    today = clock.now().date()
    found = queries.balances(world.cast.county_leader, ground=world.grid, since=today, until=today)
    told_ = {one.class_code: (one.opening, one.new, one.closed, one.carried) for one in found.lines}
    assert told_ == {LIGHT: (1, 1, 1, 1), WASTE: (1, 0, 0, 1)}
    assert found.total.carried == still_open(world.grid)
    month = queries.balances(
        world.cast.county_leader, ground=world.grid, since=today - timedelta(days=30), until=today
    )
    assert (month.total.opening, month.total.new, month.total.closed, month.total.carried) == (0, 3, 1, 2)


@pytest.mark.usefixtures("done")
def test_town_and_country_are_the_whole_told_apart(world: "World"):
    told(world.rural_village, "示例：村道塌了一块。", class_code=LIGHT)
    today = clock.now().date()
    found = queries.balances(world.cast.county_leader, ground=world.township, since=today, until=today)
    halves = {one.class_code: one for one in found.halves}
    assert (halves["urban"].opening, halves["urban"].new, halves["urban"].closed) == (2, 1, 1)
    assert (halves["rural"].opening, halves["rural"].new, halves["rural"].closed) == (0, 1, 0)
    assert sum(one.carried for one in found.halves) == found.total.carried


@pytest.mark.usefixtures("done")
def test_who_sees_one_class_is_told_of_that_class_and_who_sees_no_whole_ground_of_none(world: "World"):
    today = clock.now().date()
    lighting = Actor(client="test", sight=(Triple(LIGHT, world.county, "leader", 0),))
    found = queries.balances(lighting, ground=world.grid, since=today, until=today)
    assert [one.class_code for one in found.lines] == [LIGHT]
    assert found.of([LIGHT]) is not None and found.of([LIGHT, WASTE]) is None, (
        "a part is no figure of the whole"
    )
    for actor, ground in ((world.cast.handler, world.grid), (world.cast.county_leader, world.foreign_grid)):
        with pytest.raises(ForbiddenError):
            queries.balances(actor, ground=ground, since=today, until=today)
    with pytest.raises(ForbiddenError):
        queries.balances(world.cast.county_leader, ground="", since=today, until=today)
