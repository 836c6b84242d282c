"""The sample's class of issues, lists, committee and standard: made by services, once."""

from typing import TYPE_CHECKING

import pytest

from gantang.catalogue import queries as catalogue
from gantang.kit.clock import now
from gantang.matters import queries
from gantang.matters.types import Filters
from gantang.sample import stability
from gantang.sample.service import BUILDER

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_lists_of_several_kinds_and_a_committee_are_made_once(world: "World"):
    assert stability.make(builder=BUILDER, now=now()) is True
    assert stability.make(builder=BUILDER, now=now()) is False
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    assert [row.procedure for row in rows].count("listed") == 4
    (task,) = [row for row in rows if row.procedure == "group_task"]
    assert "结清工资" in task.gist


def test_an_office_checks_itself_by_the_standard_of_its_slot_and_another_confirms(world: "World"):
    stability.make(builder=BUILDER, now=now())
    slot = catalogue.slot("standards.justice_office")
    assert slot is not None and slot.value == stability.STANDARD and "示例" in slot.source
    rows = queries.queue(world.cast.county_leader, filters=Filters(view="all"), now=now()).items
    items = {row.gist: row for row in rows if row.gist in stability.STANDARD}
    assert sorted((row.state, row.outcome) for row in items.values()) == [
        ("closed", "struck_off"),
        ("working", ""),
    ]
    done = next(row for row in items.values() if row.state == "closed")
    moves = {
        one.data["move"]: one.data["by"]["account"]
        for one in queries.timeline(world.cast.county_leader, done.id)
        if one.name == "moved"
    }
    assert moves["done"] != moves["strike_off"], "whoever proves it does not confirm it"
