"""The sample's courses can be sat, and its certificates are in two villages."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.learning import queries
from gantang.sample import learning

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_courses_that_can_be_sat_and_certificates_in_two_villages(world: "World"):
    now = clock.now()
    assert learning.make(now=now)
    assert not learning.make(now=now)
    found = queries.courses(world.cast.grid_worker)
    assert len(found) == 2 and all(one.ready and "示例" in one.course.title.zh for one in found)
    assert len({one.ground for one in queries.issued(world.cast.admin)}) == 2
