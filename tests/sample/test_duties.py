"""The sample's duty lists: made by services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import duties

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_duty_lists_are_praised_put_right_and_under_way_made_once(world: "World"):
    assert duties.make(now=now()) is True
    assert duties.make(now=now()) is False
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    assert sorted(row.state for row in rows if row.procedure == "accountability") == [
        "closed",
        "performing",
        "rectifying",
    ]
    assert [row.state for row in rows if row.procedure == "listed"] == ["running"]
    assert sorted(row.state for row in rows if row.procedure == "listed_item") == ["closed", "working"]
    items = {row.gist for row in rows if row.procedure == "listed_item"}
    assert items == {"校门口占道经营", "上下学无人护学"}, "each item is told by its own row"
    groups = sorted(
        (row.procedure, row.state) for row in rows if row.procedure.endswith(("group", "meeting"))
    )
    assert groups == [
        ("group_meeting", "called"),
        ("group_meeting", "closed"),
        ("standing_group", "standing"),
    ]
    assert [row.gist for row in rows if row.procedure == "group_task"] == ["月底前护学岗到位"]
