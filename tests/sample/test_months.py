"""The sample's months that are over: made by services, once, and published with nothing left out."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit.clock import now
from gantang.reception import queries
from gantang.sample import months

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_sample_publishes_figures_of_two_months_that_show_numbers(world: "World"):
    assert months.make(now=now()) is True
    assert months.make(now=now()) is False
    ((number, _name, _view),) = queries.editions()
    one = queries.published(number)
    assert one.ground == world.county
    whole = (one.grounds[0], one.classes[0], one.months[0])
    told = sum(months.ROADS) + sum(months.QUESTIONS)
    assert {measure: cells[whole] for measure, cells in one.tables.items()} == {
        "received": told,
        "closed": told,
        "on_time": told,
    }
    assert None not in one.tables["received"].values()
