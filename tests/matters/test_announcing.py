"""What a receiver outside hears of a matter: that it was opened, changed, ended; references and no word."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import numbers
from gantang.matters import announcing
from gantang.outbox import service as outbox
from gantang.outbox.models import Row
from gantang.outbox.webhook import body_of
from tests.matters import paths
from tests.matters.acting import row_of
from tests.outbox.test_webhooks import ADMIN

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ordered(settings: Any, world: "World") -> Iterator[str]:
    from gantang.kit import clock

    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.1",)
    kinds = [announcing.OPENED, announcing.CHANGED, announcing.ENDED]
    number, _ = outbox.order_webhook(
        actor=ADMIN, address="http://127.0.0.1:9/", kinds=kinds, ground=world.county, now=clock.now()
    )
    yield f"webhook.{number}"


def rows(destination: str) -> list[Row]:
    return list(Row.objects.filter(destination=destination).order_by("version", "id"))


def test_a_course_from_report_to_end_is_told_in_order_and_in_references(ordered: str, world: "World"):
    course = paths.begun(world)
    paths.answered(world, course)
    course.by_reporter("confirm", rating=4)
    told, row = rows(ordered), row_of(course.id)
    assert row.ended_at is not None
    assert told[0].kind == announcing.OPENED and told[-1].kind == announcing.ENDED
    assert {one.kind for one in told[1:-1]} == {announcing.CHANGED}
    assert [one.version for one in told] == sorted({one.version for one in told})
    assert {one.stream for one in told} == {course.id}
    for one in told:
        assert set(one.refs) == {"number", "state", "at"} and one.refs["number"] == numbers.show(row.number)
    assert told[-1].refs["state"] == row.status


def test_no_word_of_the_matter_leaves(ordered: str, world: "World"):
    from gantang.outbox.types import Parcel

    course = paths.begun(world)
    one = rows(ordered)[0]
    parcel = Parcel(one.id, ordered, one.kind, one.city, one.stream, one.version, one.refs)
    told = body_of(parcel).decode()
    row = row_of(course.id)
    assert row.gist and told.isascii()
    hidden = (row.gist, row.scope, row.procedure, row.channel, str(row.id))
    assert not [word for word in hidden if word in told]


def test_a_matter_elsewhere_is_not_told(ordered: str, world: "World"):
    paths.begun(world, ground=world.foreign_grid)
    assert rows(ordered) == []


def test_what_asks_nothing_new_is_not_told(ordered: str, world: "World"):
    from gantang.matters import service
    from tests.matters.acting import fresh

    course = paths.begun(world)
    before = len(rows(ordered))
    actor, _ = service.open_by_code(course.receipt.access_code or "")
    service.send(actor=actor, matter=course.id, words="还有一盏也不亮。", key=fresh(), now=course.now)
    assert len(rows(ordered)) == before
