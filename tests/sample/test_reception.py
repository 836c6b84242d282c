"""The sample's centre takes bookings, and its notice is marked as a sample."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.reception import queries
from gantang.sample import reception
from gantang.sample.service import BUILDER

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_centre_with_times_to_book_and_a_notice_marked_as_sample(world: "World"):
    now = clock.now()
    assert reception.make(builder=BUILDER, now=now)
    assert not reception.make(builder=BUILDER, now=now)
    (one,) = queries.listings(world.county)
    booked = next(each for each in one.offers if each.places)
    assert any(time.left for day in queries.days(one, booked, now) for time in day.times)
    (notice,) = queries.notices(now=now)
    assert "示例" in one.address and "示例" in notice.title
    assert queries.may_read(world.cast.county_receiver, notice, now=now)
