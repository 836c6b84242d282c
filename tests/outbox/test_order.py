"""Rooms of ours as destinations, several workers at once, and the worker's loop."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from gantang.outbox import registry, service
from gantang.outbox.errors import DeliveryError, UndeliverableError
from gantang.outbox.loop import run
from gantang.outbox.models import Row
from gantang.outbox.types import Parcel


@pytest.fixture
def taken() -> Iterator[list[Parcel]]:
    seen: list[Parcel] = []
    registry.destination("room")(seen.append)
    yield seen
    registry._destinations.pop("room")


@pytest.mark.django_db
def test_rows_of_a_stream_leave_in_the_order_of_its_versions(
    taken: list[Parcel], put: Callable[..., UUID]
) -> None:
    streams = [uuid4() for _ in range(4)]
    for version in (3, 1, 2, 5, 4):
        for stream in streams:
            put(destination="room", stream=stream, version=version)
    while service.deliver_once(limit=3):
        pass
    for stream in streams:
        assert [each.version for each in taken if each.stream == stream] == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_a_room_is_held_back_behind_its_dead_letter(put: Callable[..., UUID], now: datetime) -> None:
    seen: list[int] = []

    def handle(parcel: Parcel) -> None:
        if parcel.version == 1:
            raise UndeliverableError("room.broken")
        seen.append(parcel.version)

    registry.destination("room")(handle)
    stream = uuid4()
    put(destination="room", stream=stream, version=1)
    put(destination="room", stream=stream, version=2)
    for minute in range(3):
        service.deliver_once(now=now + timedelta(minutes=minute))
    registry._destinations.pop("room")
    assert seen == [] and Row.objects.get(version=1).state == Row.DEAD


@pytest.mark.django_db
def test_what_a_room_wrote_goes_back_when_it_fails(put: Callable[..., UUID], now: datetime) -> None:
    other = put(destination="elsewhere")

    def handle(parcel: Parcel) -> None:
        Row.objects.filter(id=other).update(error_code="touched")
        raise DeliveryError

    registry.destination("room")(handle)
    put(destination="room")
    service.deliver_once(now=now)
    registry._destinations.pop("room")
    assert Row.objects.get(id=other).error_code != "touched"


@pytest.mark.django_db
def test_an_unforeseen_fault_stops_nobody_else_and_is_named_without_its_text(
    taken: list[Parcel], put: Callable[..., UUID], now: datetime
) -> None:
    def handle(parcel: Parcel) -> None:
        raise ValueError("王秀英 13900007715")

    registry.destination("broken", inside=False)(handle)
    put(destination="broken")
    put(destination="room")
    service.deliver_once(now=now)
    registry._destinations.pop("broken")
    row = Row.objects.get(destination="broken")
    assert (row.state, row.error_code) == (Row.WAITING, "fault.ValueError")
    assert len(taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_hand_each_row_over_once_and_in_order(put: Callable[..., UUID]) -> None:
    seen: list[tuple[UUID, int]] = []
    registry.destination("room", inside=False)(lambda parcel: seen.append((parcel.stream, parcel.version)))
    streams = [uuid4() for _ in range(6)]
    for version in range(1, 6):
        for stream in streams:
            put(destination="room", stream=stream, version=version)
    workers = [threading.Thread(target=_empty) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    registry._destinations.pop("room")
    assert len(seen) == 30
    for stream in streams:
        assert [version for each, version in seen if each == stream] == [1, 2, 3, 4, 5]
    Row.objects.all().delete()


def _empty() -> None:
    quiet = 0
    while quiet < 20:
        quiet = 0 if service.deliver_once(limit=4) else quiet + 1
        time.sleep(0.01)
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_loop_delivers_what_is_written_while_it_runs(
    taken: list[Parcel], put: Callable[..., UUID]
) -> None:
    stop = threading.Event()
    worker = threading.Thread(target=run, args=[stop])
    worker.start()
    put(destination="room")
    until = time.monotonic() + 8
    while not taken and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    worker.join(timeout=5)
    assert len(taken) == 1 and not worker.is_alive()
    Row.objects.all().delete()
