"""The sample's patrol: out now, back before, an order heard, nothing that waits; a second time makes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from gantang.kit.actor import SYSTEM
from gantang.kit.clock import now
from gantang.patrol import queries
from gantang.sample import patrol

pytestmark = pytest.mark.django_db


def test_the_samples_patrol_is_out_with_an_order_heard(world: object):
    at, builder = now(), replace(SYSTEM, admin=True)
    assert patrol.make(builder=builder, now=at) and not patrol.make(builder=builder, now=at)
    (roster,) = queries.rosters(builder)
    assert roster.state == "issued" and queries.broken(roster.plan, roster.found.duties) == []
    states = [
        one.state
        for one in queries.shifts(builder, since=at - timedelta(days=3), until=at + timedelta(days=9))
    ]
    assert (states.count("open"), states.count("closed"), len(states)) == (1, 1, 21)
    assert [one.state for one in queries.orders(builder)] == ["heard"] and queries.concerns(builder) == []
    assert len(queries.last_positions(builder)) == 1 and len(queries.zones(builder)[0].outlines) == 3
