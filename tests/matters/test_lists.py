"""Lists: counted exactly up to a bound, ground and names in one order, in sight and never beyond it."""

from typing import TYPE_CHECKING

import pytest
from django.utils.functional import SimpleLazyObject

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Counted, Filters, MatterRow
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


@pytest.mark.parametrize("view", ["open", "all"])
def test_what_is_named_stands_in_the_list_in_its_order_and_once(world: "World", view: str):
    own = [told(world.grid).matter for _ in range(5)]
    beyond = [told(world.other_grid).matter for _ in range(4)]
    named = world.cast.receiver.naming(own[1], own[4], *beyond)
    actor: Actor = SimpleLazyObject(lambda: named)  # type: ignore[assignment]  # as a request has it
    found: list[MatterRow] = []
    cursor: str | None = None
    while True:
        page = queries.queue(actor, filters=Filters(view=view), cursor=cursor, now=clock.now(), size=2)
        found += page.items
        cursor = page.next
        if cursor is None:
            break
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids)) and {*own, *beyond} <= set(ids)
    order = (
        sorted(found, key=lambda one: (one.due_at, one.id))
        if view == "open"
        else sorted(found, key=lambda one: one.id, reverse=True)
    )
    assert found == order
    assert queries.how_many(actor, filters=Filters(view=view), now=clock.now()).count == len(found)
