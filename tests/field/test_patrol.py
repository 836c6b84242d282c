"""The patrol on the phone: own shifts alone, what was said with no signal counts once and at its own moment."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from gantang.field import patrol
from gantang.field.shapes import ItemIn
from gantang.patrol import errors, queries, service
from tests.patrol.lake import Lake
from tests.patrol.watch import Watch

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(world: "World") -> Watch:
    return Watch(Lake(world))


def said(watch: Watch, act: str, at: datetime, key: str = "a", **more: Any) -> ItemIn:
    """An item of the crew's phone, said at a moment; its clock is an hour slow and knows it."""
    body = {"kind": "patrol", "act": act, "shift": str(watch.first), **more}
    made = (at - timedelta(hours=1)).isoformat()
    given = {"key": key * 32, "post": watch.crew.post, "made_at": made, "offset": 3600, "body": body}
    return ItemIn.model_validate(given)


def take(watch: Watch, item: ItemIn, now: datetime) -> dict[str, Any]:
    return patrol.take(watch.crew, item, item.body, now=now)  # type: ignore[arg-type]


def test_a_phone_is_given_its_own_shifts_with_their_orders_and_no_others(watch: Watch):
    order = watch.order()
    (mine,) = [
        one for one in patrol.watch(watch.crew, now=watch.at)["shifts"] if one["id"] == str(watch.first)
    ]
    assert mine["state"] == "planned" and mine["vessel"] and not mine["waits"]
    assert [(one["id"], one["state"]) for one in mine["orders"]] == [(str(order), "given")]
    others = patrol.watch(watch.next, now=watch.at)["shifts"]
    assert str(watch.first) not in {one["id"] for one in others}
    assert patrol.watch(watch.lake.world.cast.grid_worker, now=watch.at)["shifts"] == []


def test_a_watch_without_a_signal_is_taken_afterwards_at_its_own_moments(watch: Watch):
    order, late = watch.order(at=watch.at - timedelta(minutes=5)), watch.at + timedelta(hours=20)
    hours = [watch.at + timedelta(hours=one) for one in (0, 1, 2, 3)]
    take(watch, said(watch, "out", hours[0]), late)
    take(watch, said(watch, "hear", hours[1], "b", order=str(order)), late)
    take(watch, said(watch, "done", hours[2], "c", order=str(order)), late)
    assert take(watch, said(watch, "back", hours[3], "d"), late)["shown"] == "返航已记"
    log = queries.log(watch.lake.command, watch.first)
    assert log is not None and (log.out_at, log.back_at) == (hours[0], hours[3])
    (one,) = queries.orders(watch.lake.command, shift=watch.first)
    assert (one.heard_at, one.done_at) == (hours[1], hours[2])


def test_the_same_item_sent_again_has_no_second_effect(watch: Watch):
    now = watch.at + timedelta(hours=1)
    item = said(watch, "out", watch.at)
    assert take(watch, item, now) == take(watch, item, now)
    back = said(watch, "back", now, "b")
    assert take(watch, back, now) == take(watch, back, now)
    with pytest.raises(errors.StateError):
        take(watch, said(watch, "out", watch.at, "c"), now)


@pytest.mark.parametrize(("act", "hours"), [("out", -3), ("out", 9), ("back", -1)])
def test_a_moment_at_which_it_could_not_be_is_refused(watch: Watch, act: str, hours: int):
    if act == "back":
        watch.out()
    with pytest.raises((errors.StateError, errors.OffDutyError)):
        take(watch, said(watch, act, watch.at + timedelta(hours=hours)), watch.at + timedelta(hours=20))


def test_a_clock_that_is_ahead_says_nothing_of_the_future_and_one_that_never_knew_says_now(watch: Watch):
    now = watch.at + timedelta(minutes=5)
    take(watch, said(watch, "out", now + timedelta(hours=2)), now)
    log = queries.log(watch.lake.command, watch.first)
    assert log is not None and log.out_at == now
    unknown = said(watch, "back", watch.at, "b").model_copy(update={"offset": None})
    take(watch, unknown, now)
    assert queries.log(watch.lake.command, watch.first).back_at == now


def test_an_order_taken_back_in_the_meantime_is_told_and_open_orders_keep_the_vessel_out(watch: Watch):
    first, second = watch.order(key="one"), watch.order(key="two")
    watch.out()
    service.take_back(actor=watch.lake.command, order=first, now=watch.at)
    now = watch.at + timedelta(hours=1)
    with pytest.raises(errors.StateError):
        take(watch, said(watch, "hear", now, order=str(first)), now)
    with pytest.raises(errors.OpenOrdersError):
        take(watch, said(watch, "back", now, "b"), now)
    take(watch, said(watch, "hear", now, "c", order=str(second)), now)


def test_nobody_outside_the_crew_says_anything_of_a_shift(watch: Watch):
    item = said(watch, "out", watch.at)
    with pytest.raises(errors.NotCrewError):
        patrol.take(watch.next, item, item.body, now=watch.at)  # type: ignore[arg-type]


def test_the_address_is_for_whoever_is_signed_in(client: Client):
    assert client.get("/field/patrol.json").status_code == 401
