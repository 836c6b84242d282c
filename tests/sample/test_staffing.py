"""What the sample's administrator entered: hours of one worker, and a change of grids that waits for another."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.learning import queries as learning
from gantang.sample import staffing
from gantang.territory import queries as territory

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_hours_are_noted_and_two_grids_wait_to_be_merged_made_once(world: "World"):
    before = territory.grids(world.village, on=world.on)
    assert staffing.make(now=now()) is True
    assert staffing.make(now=now()) is False
    worker = world.cast.grid_worker.account or 0
    assert learning.hours({worker: world.on}, on=world.on) == {worker: staffing.HOURS}
    (change,) = territory.change_sets()
    assert (change.title, change.state) == (staffing.TITLE, "draft")
    assert territory.grids(world.village, on=world.on) == before, "nothing changes before it is reviewed"
