"""A list in another order: each order has an index, every page goes on where the last one ended, in sight."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.models import Matter, Share
from gantang.matters.queries import lists, sight
from gantang.matters.types import Filters, MatterRow
from tests.matters.acting import told

if TYPE_CHECKING:
    from tests.world import World

OPEN, ALL = Filters(view="open"), Filters(view="all")
INDEXES = {(tuple(one.fields), str(one.condition)) for one in Matter._meta.indexes}
OF_OPEN = "(AND: ('ended_at', None))"


@pytest.mark.parametrize(("filters", "condition"), [(OPEN, OF_OPEN), (ALL, "None")])
def test_every_order_that_is_offered_has_an_index_that_gives_its_first_page(filters: Filters, condition: str):
    for columns in queries.sorts_of(filters).values():
        plain = tuple(name.lstrip("-") for name in columns)
        assert len({name.startswith("-") for name in columns}) == 1  # read forwards or backwards
        assert (plain, condition) in INDEXES


def whole(actor: Actor, filters: Filters) -> list[MatterRow]:
    """The list, two rows a page."""
    found: list[MatterRow] = []
    cursor: str | None = None
    while True:
        page = queries.queue(actor, filters=filters, cursor=cursor, now=clock.now(), size=2)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


@pytest.fixture
def several(world: "World") -> Actor:
    """The receiver, who is named two matters on other ground; days pass between the reports."""
    now = clock.now()
    for day in range(5):
        told(world.grid, now=now - timedelta(days=day))
    return world.cast.receiver.naming(*(told(world.other_grid, now=now).matter for _ in range(2)))


@pytest.mark.django_db
@pytest.mark.parametrize("filters", [OPEN, ALL], ids=["open", "all"])
@pytest.mark.parametrize("sort", sorted(lists.SORTS))
def test_every_page_goes_on_where_the_last_one_ended_in_any_order(
    several: Actor, filters: Filters, sort: str
):
    asked = Filters(view=filters.view, sort=sort)
    found = whole(several, asked)
    columns = queries.order_of(asked)

    def key(row: MatterRow) -> tuple[object, ...]:
        return tuple(getattr(row, name.lstrip("-")) for name in columns)

    assert [key(row) for row in found] == sorted(map(key, found), reverse=columns[0].startswith("-"))  # type: ignore[type-var]
    assert {row.id for row in found} == {row.id for row in whole(several, filters)}
    assert len(found) == 7


@pytest.mark.django_db
def test_an_order_that_has_no_index_is_the_list_s_own(several: Actor):
    own = [row.id for row in whole(several, ALL)]
    for sort in ("due", "place", "class", "id;--"):
        assert [row.id for row in whole(several, Filters(view="all", sort=sort))] == own


@pytest.mark.django_db
def test_from_the_oldest_on_every_shared_matter_is_reached(world: "World", monkeypatch: pytest.MonkeyPatch):
    """The list looks into so many of the shared ones at a time, from where the page begins."""
    monkeypatch.setattr(sight, "SHARED", 3)
    actor, beyond = world.cast.receiver, [told(world.other_grid).matter for _ in range(7)]
    for one in beyond:
        Share.objects.create(city=3604, unit=actor.unit, matter_id=one, role="receiver", since=clock.now())
    assert [row.id for row in whole(actor, Filters(view="all", sort="old"))] == sorted(beyond)
