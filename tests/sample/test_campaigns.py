"""The sample's campaign and decisions come about by the services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import campaigns

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_campaign_is_under_way_and_the_decisions_stand_where_the_gate_lets_them(world: "World"):
    assert campaigns.make(now=now()) is True
    assert campaigns.make(now=now()) is False
    actor = world.cast.supervisor
    (campaign,) = queries.campaigns(actor)
    whole, _below = queries.coverage(actor, campaign.id)
    assert (whole.opened, whole.reported, whole.zero, whole.found) == (12, 12, 11, 1)
    (barred,) = queries.queue(actor, filters=Filters(view="barred"), now=now()).items
    assert (barred.procedure, barred.state) == ("decision", "discussing")
    open_ = queries.queue(actor, filters=Filters(view="open", class_code="decision"), now=now()).items
    assert sorted(one.state for one in open_) == ["discussing", "exempting"]
    assert all("示例" in one.gist for one in open_)
