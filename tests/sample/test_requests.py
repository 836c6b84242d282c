"""The sample's requests: made by services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import requests

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_requests_are_done_together_ruled_on_and_objected_to_made_once(world: "World"):
    assert requests.make(now=now()) is True
    assert requests.make(now=now()) is False
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    assert sorted((row.procedure, row.state, row.outcome) for row in rows) == [
        ("assist", "answered", "answered"),
        ("request", "closed", "resolved"),
        ("request", "handling", ""),
        ("request", "objected", ""),
    ]
