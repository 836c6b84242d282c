"""The sample's incidents, referrals and campaign: made by services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import joint

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_incidents_referrals_and_a_campaign_are_made_once(world: "World"):
    assert joint.make(now=now()) is True
    assert joint.make(now=now()) is False
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    assert sorted((row.procedure, row.state) for row in rows) == [
        ("campaign_task", "closed"),
        ("campaign_task", "working"),
        ("court_notice", "in_force"),
        ("court_track", "closed"),
        ("court_track", "in_court"),
        ("instalment", "awaited"),
        ("instalment", "awaited"),
        ("patrol_incident", "awaiting"),
        ("patrol_incident", "closed"),
        ("performance", "behind"),
        ("performance", "watching"),
        ("special_campaign", "running"),
    ]
