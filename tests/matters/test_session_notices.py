"""Whoever is to come to a session hears by mail or SMS that it was planned, moved, cancelled; of the matter nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import numbers
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.matters import announcing, notices, service
from gantang.matters.models import Party
from gantang.outbox import registry
from gantang.outbox import service as outbox
from gantang.outbox.models import Row
from gantang.outbox.types import Message, Parcel
from tests.matters.acting import Course, fresh, row_of
from tests.matters.test_parties import added
from tests.matters.test_sessions import plan_of, planned, talked
from tests.outbox.test_webhooks import ADMIN

if TYPE_CHECKING:
    from tests.world import World

__all__ = ["talked"]
pytestmark = pytest.mark.django_db


def rows() -> list[Row]:
    return list(Row.objects.filter(kind=notices.SESSION).order_by("version", "id"))


def worded(one: Row) -> Message | None:
    return registry.render(
        Parcel(one.id, one.destination, one.kind, one.city, one.stream, one.version, one.refs)
    )


@pytest.fixture
def reached(talked: Course, world: "World") -> int:
    """A third party that left a mail address."""
    return added(talked, world.cast.mediator, "示例丙", email="third@example.org")


def test_a_planned_moved_or_cancelled_session_is_told_to_those_to_come_who_can_be_reached(
    talked: Course, world: "World", reached: int
):
    mediator = world.cast.mediator
    plan = replace(plan_of(talked, mediator), people=(1, 2, reached))
    no = planned(talked, mediator, plan)
    said = [worded(row) for row in rows()]
    [first] = [one for one in said if one and one.to == "third@example.org"]
    assert first.subject == "约您到场的时间地点定了"
    assert first.body.splitlines()[0] == f"编号：{numbers.show(row_of(talked.id).number)}"
    assert "示例" not in first.body and len(first.body.splitlines()) == 2, "no more than other notices"
    moved = replace(
        plan, starts_at=plan.starts_at + timedelta(days=1), ends_at=plan.ends_at + timedelta(days=1)
    )
    given: dict[str, Any] = {"actor": mediator, "matter": talked.id, "session": no, "reason": "party_away"}
    service.move_session(**given, plan=moved, key=fresh(), now=talked.now)
    assert (last := worded(rows()[-1])) and last.subject == "约您到场的时间地点改了"
    service.cancel_session(**given, key=fresh(), now=talked.now)
    assert (last := worded(rows()[-1])) and last.subject == "约您到场的那一次取消了"
    assert worded(rows()[0]) is None, "what was cancelled before the word of it left is not told as planned"


def test_whoever_is_not_to_come_hears_nothing_and_whoever_no_longer_is_hears_once_more(
    talked: Course, world: "World", reached: int
):
    mediator = world.cast.mediator
    plan = plan_of(talked, mediator)
    no = planned(talked, mediator, plan)
    assert all(one.refs["party"] != reached for one in rows())
    given: dict[str, Any] = {"actor": mediator, "matter": talked.id, "session": no, "reason": "asked"}
    service.move_session(**given, plan=replace(plan, people=(1, reached)), key=fresh(), now=talked.now)
    service.move_session(**given, plan=replace(plan, people=(1, 2)), key=fresh(), now=talked.now)
    assert [one.refs["step"] for one in rows() if one.refs["party"] == reached] == ["session_moved"] * 2


def test_by_sms_goes_the_word_alone_to_whoever_holds_a_code(
    talked: Course, world: "World", reached: int, settings: Any
):
    settings.GANTANG_SMS_URL = "https://sms.example.org/"
    known = Party.objects.filter(matter_id=talked.id, no=reached)
    with reading(SYSTEM, ids=[talked.id]):
        assert known.update(reachable_by="phone") == 1
    plan = replace(plan_of(talked, world.cast.mediator), people=(reached,))
    planned(talked, world.cast.mediator, plan)
    [one] = rows()
    assert one.destination == "sms"
    with reading(SYSTEM, ids=[talked.id]):
        known.update(has_code=False)
    planned(talked, world.cast.mediator, plan)
    assert len(rows()) == 1, "without a code there is nothing to see it by"


def test_a_system_that_ordered_news_of_sessions_hears_when_and_no_name_or_place(
    talked: Course, world: "World", settings: Any
):
    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.1",)
    given = {"address": "http://127.0.0.1:9/", "kinds": [announcing.SESSION], "ground": world.township}
    outbox.order_webhook(actor=ADMIN, now=talked.now, **given)  # type: ignore[arg-type]
    plan = plan_of(talked, world.cast.mediator)
    planned(talked, world.cast.mediator, plan)
    [told] = Row.objects.filter(kind=announcing.SESSION)
    assert set(told.refs) == {"number", "state", "at", "session", "starts_at"}
    assert (told.refs["session"], told.refs["starts_at"]) == ("planned", plan.starts_at.isoformat())
