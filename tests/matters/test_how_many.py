"""A list is counted exactly up to a bound, in sight, and never behind it."""

from typing import TYPE_CHECKING

from gantang.kit import clock
from gantang.matters import queries
from gantang.matters.types import Counted, Filters
from tests.matters.acting import told

if TYPE_CHECKING:
    from tests.world import World


def test_a_list_is_counted_exactly_up_to_the_bound(world: "World"):
    before = queries.how_many(world.cast.receiver, filters=Filters(view="open"), now=clock.now())
    for _ in range(3):
        told(world.grid)
    here = Filters(view="open")
    found = queries.how_many(world.cast.receiver, filters=here, now=clock.now())
    assert found == Counted(before.count + 3, more=False)
    assert len(queries.queue(world.cast.receiver, filters=here, now=clock.now()).items) == found.count
    assert queries.how_many(world.cast.receiver, filters=here, now=clock.now(), most=2) == Counted(
        2, more=True
    )
    assert queries.how_many(world.cast.foreigner, filters=here, now=clock.now()).count == 0
