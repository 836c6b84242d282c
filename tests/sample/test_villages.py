"""The sample's volunteers, vacancies, election: made by services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import villages

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_volunteers_serve_and_vacancies_are_filled_made_once(world: "World"):
    assert villages.make(now=now()) is True
    assert villages.make(now=now()) is False
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    assert sorted((row.procedure, row.state) for row in rows) == [
        ("election", "listed"),
        ("list_objection", "raised"),
        ("vacancy", "closed"),
        ("vacancy", "filling"),
        ("volunteer_call", "calling"),
        ("volunteer_call", "closed"),
        ("volunteer_proof", "closed"),
    ]
