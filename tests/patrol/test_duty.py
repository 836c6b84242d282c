"""A vessel on duty: its log, where it was and when it may be said, orders, what is handed over and to whom."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import keys, numbers
from gantang.kit.clock import ZONE
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.outbox import service as outbox
from gantang.outbox.models import Row
from gantang.patrol import errors, queries, service
from gantang.patrol.models import Position
from gantang.patrol.service import orders
from gantang.patrol.sight import seeing
from tests.patrol.lake import NOW, SQUARE, fill
from tests.patrol.watch import Watch

if TYPE_CHECKING:
    from tests.patrol.lake import Lake

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(lake: "Lake") -> Watch:
    return Watch(lake)


def test_a_log_begins_with_going_out_and_ends_with_coming_back(watch: Watch):
    lake = watch.lake
    lake.water("normal")
    service.draw_zone(actor=lake.command, zone=lake.zone, level="normal", outline=SQUARE, now=NOW)
    watch.out()
    log = queries.log(lake.command, watch.first)
    assert log is not None and (log.level, log.back_at, len(log.shapes)) == ("normal", None, 1)
    assert queries.shift(lake.command, watch.first).state == "open"
    later = watch.at + timedelta(hours=3)
    lake.water("low", at=watch.at)
    service.draw_zone(actor=lake.command, zone=lake.zone, level="normal", outline=SQUARE[1:], now=later)
    kept = queries.log(lake.command, watch.first)
    assert (kept.level, kept.shapes) == (log.level, log.shapes), "the zone stays as it was at the start"
    assert len(queries.concerns(lake.command)) == 1, "and the command is told"
    service.reroute(actor=lake.command, shift=watch.first, route=lake.near, now=later)
    service.come_back(actor=watch.crew, shift=watch.first, now=later)
    assert queries.shift(lake.command, watch.first).state == "closed"
    with pytest.raises(errors.StateError):
        service.come_back(actor=watch.crew, shift=watch.first, now=later)


@pytest.mark.parametrize("hours", [-2, 8])
def test_a_vessel_goes_out_in_its_hours_alone(watch: Watch, hours: int):
    with pytest.raises(errors.StateError):
        service.go_out(actor=watch.crew, shift=watch.first, now=watch.at + timedelta(hours=hours))


def test_a_vessel_does_not_go_out_on_a_way_that_waits_for_a_decision(watch: Watch):
    watch.lake.water("low")
    with pytest.raises(errors.StateError):
        watch.out()


def test_only_the_crew_goes_out_and_a_shift_without_a_vessel_does_not(watch: Watch):
    for actor in (watch.lake.world.cast.admin, watch.next):
        with pytest.raises(errors.NotCrewError):
            service.go_out(actor=actor, shift=watch.first, now=watch.at)
    with pytest.raises(errors.StateError):
        service.go_out(actor=watch.next, shift=watch.second, now=watch.at + timedelta(hours=8))


def test_where_the_vessel_is_is_said_on_duty_alone_and_once(watch: Watch):
    def note(key: str, minutes: int = 0, now: int = 5, at: tuple[float, float] = SQUARE[0]) -> None:
        moment = watch.at + timedelta(minutes=minutes)
        service.note_position(
            actor=watch.crew, shift=watch.first, at=at, when=moment, key=key, now=watch.at + timedelta(minutes=now)
        )  # fmt: skip

    with pytest.raises(errors.OffDutyError):
        note("before")
    watch.out()
    note("one")
    note("one")
    note("two", 4, at=SQUARE[1])
    for minutes in (-1, 9):
        with pytest.raises(errors.OffDutyError):
            note(f"at {minutes}", minutes)
    with pytest.raises(errors.NotCrewError):
        service.note_position(
            actor=watch.lake.command if watch.lake.command.post != watch.crew.post else watch.next,
            shift=watch.first, at=SQUARE[0], when=watch.at, key="other", now=watch.at,
        )  # fmt: skip
    assert [one[1:] for one in queries.log(watch.crew, watch.first).positions] == [SQUARE[1], SQUARE[0]]
    assert queries.last_positions(watch.crew) == [(watch.lake.boat, *SQUARE[1])]
    service.come_back(actor=watch.crew, shift=watch.first, now=watch.at + timedelta(hours=1))
    with pytest.raises(errors.OffDutyError):
        note("after", 10, 90)
    assert queries.last_positions(watch.crew) == []


def test_positions_are_erased_on_the_day_that_the_slot_says_and_none_while_it_is_empty(watch: Watch):
    watch.out()
    service.note_position(
        actor=watch.crew, shift=watch.first, at=SQUARE[0], when=watch.at, key="a", now=watch.at
    )
    service.come_back(actor=watch.crew, shift=watch.first, now=watch.at)
    late = watch.at + timedelta(days=31)
    assert service.forget_due(now=late) == 0
    fill("patrol.position_days", 30)
    assert service.forget_due(now=watch.at + timedelta(days=29)) == 0
    assert service.forget_due(now=late) == 1
    with reading(seeing(watch.crew)):
        assert Position.objects.count() == 0
    assert queries.log(watch.crew, watch.first).out_at == watch.at, "the log itself is kept"


def test_an_order_is_given_heard_and_done_and_each_is_on_the_ledger(watch: Watch):
    number = numbers.show(numbers.take(3604))
    order = watch.order(point=watch.lake.north, matter=number.lower())
    assert watch.order(point=watch.lake.north, matter=number.lower()) == order
    (one,) = queries.orders(watch.lake.command)
    assert (one.state, one.matter, one.due_at) == ("given", number, None)
    with pytest.raises(errors.StateError):
        service.report_done(actor=watch.crew, order=order, now=watch.at)
    with pytest.raises(errors.NotCrewError):
        service.hear(actor=watch.next, order=order, now=watch.at)
    service.hear(actor=watch.crew, order=order, now=watch.at)
    service.report_done(actor=watch.crew, order=order, now=watch.at)
    assert queries.orders(watch.lake.command) == []
    assert [one.state for one in queries.orders(watch.crew, shift=watch.first)] == ["done"]
    with reading(seeing(watch.crew), [order]):
        names = [one.name for one in ledger.steps(keys.city_of(order), order)]
    assert names == ["patrol.order_given", "patrol.order_heard", "patrol.order_done"]


def test_only_the_command_orders_and_in_closed_words(watch: Watch):
    for actor in (watch.lake.world.cast.admin, watch.lake.world.cast.handler):
        with pytest.raises((errors.NotCommandError, errors.NoneSuchError)):
            watch.order(actor=actor, key=f"{actor.post}")
    for given in ({"kind": "arrest"}, {"matter": "张三在船上"}):
        with pytest.raises(errors.EntryError):
            watch.order(**({"kind": "go_to"} | given), key="bad")
    order = watch.order()
    service.take_back(actor=watch.lake.command, order=order, now=watch.at)
    with pytest.raises(errors.StateError):
        service.hear(actor=watch.crew, order=order, now=watch.at)


def test_an_order_that_nobody_hears_is_raised_to_the_command_then_to_the_leader_each_once(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    news: list[tuple[str, str, int]] = []
    monkeypatch.setattr(
        orders.outbox, "announce", lambda _w, **one: news.append((one["kind"], one["refs"]["to"], one["version"]))
    )  # fmt: skip
    watch.order(key="without")
    fill("patrol.heard_minutes", 10)
    order = watch.order(key="with")
    heard = watch.order(key="heard")
    service.hear(actor=watch.crew, order=heard, now=watch.at)
    late = watch.at + timedelta(minutes=11)
    assert service.raise_due(now=watch.at + timedelta(minutes=9)) == 0
    assert (service.raise_due(now=late), service.raise_due(now=late)) == (1, 0)
    first = queries.orders(watch.lake.command)[0]
    assert (first.id, first.raised) == (order, "command")
    assert service.raise_due(now=watch.at + timedelta(minutes=19)) == 0
    later = watch.at + timedelta(minutes=20)
    assert (service.raise_due(now=later), service.raise_due(now=later)) == (1, 0)
    assert queries.orders(watch.lake.command)[0].raised == "leader"
    assert news == [
        *[("patrol.order_given", "crew", 1)] * 3,
        ("patrol.order_raised", "command", 2),
        ("patrol.order_raised", "leader", 3),
    ]
    service.hear(actor=watch.crew, order=order, now=later)
    assert service.raise_due(now=later + timedelta(days=1)) == 0


def test_a_receiver_that_ordered_the_news_is_told_of_an_order_and_of_its_raising(watch: Watch):
    administrator = watch.lake.world.cast.admin
    outbox.order_webhook(
        actor=administrator,
        address="https://93.184.215.14/",
        kinds=("patrol.order_given", "patrol.order_raised"),
        ground="360428",
        now=NOW,
    )
    fill("patrol.heard_minutes", 10)
    order = watch.order()
    service.raise_due(now=watch.at + timedelta(minutes=10))
    rows = Row.objects.filter(stream=order).order_by("version")
    assert [(one.kind, one.refs["to"]) for one in rows] == [
        ("patrol.order_given", "crew"),
        ("patrol.order_raised", "command"),
    ]


def test_what_a_crew_came_upon_is_noted_on_its_shift_once_and_not_before_it_went_out(watch: Watch):
    number = numbers.show(numbers.take(3604))
    with pytest.raises(errors.EntryError):
        service.note_found(actor=watch.crew, shift=watch.first, matter=number, now=watch.at)
    watch.out()
    for _ in range(2):
        service.note_found(actor=watch.crew, shift=watch.first, matter=number.lower(), now=watch.at)
    with pytest.raises(errors.NotCrewError):
        service.note_found(actor=watch.lake.world.cast.admin, shift=watch.first, matter=number, now=watch.at)
    with pytest.raises(errors.EntryError):
        service.note_found(actor=watch.crew, shift=watch.first, matter="船上有人", now=watch.at)
    assert queries.shift(watch.crew, watch.first).found == (number,)
    with reading(seeing(watch.crew), [watch.first]):
        steps = ledger.steps(keys.city_of(watch.first), watch.first)
    assert [one.data for one in steps if one.name == "patrol.shift_found"] == [{"matter": number}]


def test_what_is_over_is_listed_newest_first_page_by_page_with_its_times_and_orders(watch: Watch):
    watch.lake.water("normal")
    watch.out()
    order = watch.order()
    service.hear(actor=watch.crew, order=order, now=watch.at)
    service.report_done(actor=watch.crew, order=order, now=watch.at)
    service.come_back(actor=watch.crew, shift=watch.first, now=watch.at + timedelta(hours=2))
    (only,) = queries.past(watch.crew, now=watch.at + timedelta(hours=3)).items
    assert (only.shift.id, only.out_at, only.back_at) == (
        watch.first,
        watch.at,
        watch.at + timedelta(hours=2),
    )
    assert (only.level, only.orders, only.done) == ("normal", 1, 1)
    late, seen, cursor = watch.at + timedelta(days=9), [], None
    for _page in range(4):
        page = queries.past(watch.crew, now=late, cursor=cursor, size=2)
        seen += [one.shift.starts_at for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == 6 and seen == sorted(seen, reverse=True)
    day = queries.past(watch.crew, now=late, until=watch.at.date()).items
    assert {one.shift.starts_at.astimezone(ZONE).date() for one in day} == {watch.at.date()}


def test_what_is_open_is_handed_over_by_two_people_before_coming_back(watch: Watch):
    watch.out()
    order = watch.order()
    with pytest.raises(errors.OpenOrdersError):
        service.come_back(actor=watch.crew, shift=watch.first, now=watch.at)
    with pytest.raises(errors.StateError):  # the other shift is over by then
        service.give_over(
            actor=watch.crew, shift=watch.first, to=watch.second, now=watch.at + timedelta(hours=17)
        )
    offered = service.give_over(actor=watch.crew, shift=watch.first, to=watch.second, now=watch.at)
    with pytest.raises(errors.StateError):
        service.give_over(actor=watch.crew, shift=watch.first, to=watch.second, now=watch.at)
    with pytest.raises(errors.SameHandError):
        service.take_over(
            actor=replace(watch.next, account=watch.crew.account), handover=offered, now=watch.at
        )
    with pytest.raises(errors.NotCrewError):
        service.take_over(actor=watch.lake.world.cast.admin, handover=offered, now=watch.at)
    service.take_over(actor=watch.next, handover=offered, now=watch.at)
    service.come_back(actor=watch.crew, shift=watch.first, now=watch.at)
    assert [one.id for one in queries.orders(watch.next, shift=watch.second)] == [order]
    (handed,) = queries.handovers(watch.next, watch.second)
    assert handed.orders == 1 and handed.taken_at == watch.at
    service.hear(actor=watch.next, order=order, now=watch.at)
