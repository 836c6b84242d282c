"""The sample's facilities: made once, one broken and reported, all named as samples."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries as matters
from gantang.matters.types import Filters
from gantang.sample import facilities
from gantang.sample.plan import MARK
from gantang.sample.service import BUILDER
from gantang.territory import queries

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_facilities_are_made_once_with_one_repair_under_way_and_a_place(world: "World") -> None:
    assert facilities.make(builder=BUILDER, now=now()) is True
    assert facilities.make(builder=BUILDER, now=now()) is False
    found = queries.facilities([world.county]).items
    assert len(found) == len(facilities.STANDING)
    assert all(one.name.endswith(MARK) for one in found)
    (broken,) = [one for one in found if one.condition == "faulty"]
    filters = Filters(open_only=True, facility=broken.id)
    assert len(matters.queue(world.cast.receiver, filters=filters, now=now()).items) == 1
    (place,) = queries.places(ground=world.county).items
    assert place.name.endswith(MARK) and place.services == ()
