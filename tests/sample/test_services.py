"""The sample's repairs, advice and deeds: made by services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import services

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_repairs_advice_and_deeds_of_every_course_are_made_once(world: "World"):
    assert services.make(now=now()) is True
    assert services.make(now=now()) is False
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    made = sorted((row.procedure, row.state) for row in rows)
    assert made == [
        ("deliberation", "publicised"),
        ("facility_repair", "closed"),
        ("facility_repair", "repairing"),
        ("good_samaritan", "closed"),
        ("good_samaritan", "publicised"),
        ("legal_aid", "closed"),
        ("legal_aid", "offered"),
    ]
