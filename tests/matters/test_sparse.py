"""A narrowed list is the whole one without what does not belong to it, whichever way its pages are found."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.kit.work import scoped
from gantang.matters.models import Matter, Share
from gantang.matters.queries import lists, sparse
from gantang.matters.types import Filters, MatterRow
from tests.matters.acting import told
from tests.matters.test_sorts import whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.world import World

CLASSES = (
    "facility.lighting",
    "facility.road",
    "facility",
    "facility-old",
    "facilities",
    "",
    "facility.road",
)
NARROWED: "dict[str, tuple[dict[str, object], Callable[[MatterRow], bool]]]" = {
    "class": ({"class_code": "facility.road"}, lambda row: row.class_code == "facility.road"),
    "above": (
        {"class_code": "facility"},
        lambda row: row.class_code in {"facility", "facility.road", "facility.lighting"},
    ),
    "state": ({"states": ("received",)}, lambda row: row.state == "received"),
    "states": ({"states": ("received", "none")}, lambda row: row.state == "received"),
    "channel": ({"channel": "post"}, lambda row: row.channel == "post"),
    "urgent": ({"urgent": True}, lambda row: row.urgent),
    "nothing": ({"class_code": "none.such"}, lambda _row: False),
    "ground": ({"class_code": "facility.road", "ground": "3"}, lambda row: row.class_code == "facility.road"),
}


def changed(matter: "UUID", **columns: object) -> None:
    """Write these columns of its row."""
    with scoped(SYSTEM, [matter]):
        assert Matter.objects.filter(id=matter).update(**columns) == 1


@pytest.fixture
def several(world: "World") -> "list[UUID]":
    """One of each class on the receiver's ground, some urgent, some of a channel, some ended, some shared."""
    now, found = clock.now(), []
    for number, klass in enumerate(CLASSES * 2):
        grid = world.other_grid if number % 5 == 4 else world.grid
        matter = told(grid, now=now - timedelta(hours=number)).matter
        some = {"urgent": number % 3 == 0, "channel": "post" if number % 2 else "portal"}
        if number % 4 == 3:
            some |= {"ended_at": now, "state": "closed"}
        changed(matter, class_code=klass, **some)
        if grid == world.other_grid:
            unit = world.cast.receiver.unit
            Share.objects.create(city=3604, unit=unit, matter_id=matter, role="receiver", since=now)
        found.append(matter)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("digits", [0, 99], ids=["by its index", "among the next first"])
@pytest.mark.parametrize("view", ["open", "all", "received"])
@pytest.mark.parametrize("name", NARROWED)
def test_a_narrowed_list_is_the_whole_one_without_what_does_not_belong(
    world: "World",
    several: "list[UUID]",
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    view: str,
    digits: int,
):
    monkeypatch.setattr(sparse, "NARROW", digits)
    monkeypatch.setattr(sparse, "NEXT", 4)
    given, belongs = NARROWED[name]
    actor = world.cast.receiver
    for sort in lists.sorts_of(Filters(view=view)):
        every = whole(actor, Filters(view=view, sort=sort))
        assert len(every) == {"open": 11, "all": 14, "received": 11}[view]
        narrowed = whole(actor, Filters(view=view, sort=sort, **given))  # type: ignore[arg-type]
        assert [row.id for row in narrowed] == [row.id for row in every if belongs(row)]


@pytest.mark.parametrize(
    ("columns", "condition"),
    [
        (("class_code", "scope", "id"), "None"),
        (("state", "scope", "id"), "None"),
        (("channel", "scope", "id"), "None"),
        (("owner_duty", "scope", "due_at", "id"), "(AND: ('ended_at', None))"),
        (("scope", "id"), "(AND: ('urgent', True))"),
    ],
)
def test_what_a_list_is_narrowed_by_has_an_index_that_holds_its_order(
    columns: tuple[str, ...], condition: str
):
    found = [
        one for one in Matter._meta.indexes if (tuple(one.fields), str(one.condition)) == (columns, condition)
    ]
    held = {*columns, *found[0].include, "ended_at" if "ended_at" in condition else ""}
    assert {"due_at", "id", "scope", "ended_at"} <= held


@pytest.mark.django_db
def test_of_what_a_unit_takes_part_in_the_open_ones_stand_in_the_order_of_the_list(
    world: "World", several: "list[UUID]"
):
    actor = world.cast.receiver
    for one in several:
        Share.objects.filter(matter_id=one).delete()
    beyond = [told(world.other_grid, now=clock.now() - timedelta(days=day)).matter for day in range(6)]
    for one in beyond:
        Share.objects.create(city=3604, unit=actor.unit, matter_id=one, role="receiver", since=clock.now())
    changed(beyond[2], ended_at=clock.now())
    left = set(beyond) - {beyond[2]}
    for sort in lists.sorts_of(Filters(view="open")):
        found = [row.id for row in whole(actor, Filters(view="open", sort=sort))]
        assert left < set(found) and beyond[2] not in found
        assert len(found) == len(set(found))
    Share.objects.filter(matter_id=beyond[0]).update(role="mediator")  # a role this post cannot fill
    Share.objects.filter(matter_id=beyond[1]).update(until=clock.now())
    found = {row.id for row in whole(actor, Filters(view="open"))}
    assert found & set(beyond) == left - {beyond[0], beyond[1]}
