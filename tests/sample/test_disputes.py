"""The sample's disputes: made by services, once, and counted in the monthly form."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import disputes

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_disputes_of_every_course_are_made_once_and_stand_in_the_monthly_form(world: "World"):
    assert disputes.make(now=now()) is True
    assert disputes.make(now=now()) is False
    actor = world.cast.county_leader
    rows = queries.queue(actor, filters=Filters(view="all"), now=now()).items
    assert sorted(row.state for row in rows if row.procedure == "dispute") == [
        "closed",
        "failed",
        "inviting",
        "inviting",
        "mediating",
        "mediating",
        "paying",
    ]
    assert [row.procedure for row in rows].count("instalment") == 2
    variants = {row.gist[:2]: row.class_code for row in rows if row.state == "mediating"}
    assert variants == {"住院": "dispute.medical", "课间": "dispute.school"}
    mediator = disputes.Disputes(now()).mediator
    planned = queries.calendar(mediator, now(), now() + timedelta(days=3))
    assert sorted(one.class_code for one in planned) == ["dispute.medical", "dispute.school"]
    figures = queries.monthly(actor, ground=world.county, month=now().date()).total.now
    assert (figures.accepted, figures.agreed, figures.fen, figures.performed) == (7, 2, 1_020_000, 1)
