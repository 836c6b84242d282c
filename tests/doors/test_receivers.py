"""Receivers of news at the desk: added with a secret shown once, tried, paused, given a new one, ended."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.outbox.models import Row, Webhook
from gantang.outbox.service import deliver_once, taking
from tests.doors.test_admin import text
from tests.doors.test_desk import desk_of
from tests.outbox.receiver import Receiver
from tests.outbox.test_webhooks import tell, verified

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
AT, KIND = "/desk/admin/receivers/", "matter.ended"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.0/8",)
    made = Receiver()
    made.start()
    taking._paused.clear()
    yield made
    made.stop()
    taking._paused.clear()


def added(world: "World", receiver: Receiver) -> tuple[int, str]:
    given = {"act": "add", "address": receiver.address, "kinds": [KIND], "ground": world.township}
    page = desk_of(world, "admin").post(AT, {**given, "basis": "示例文件"})
    assert "no-store" in page["Cache-Control"]
    found = re.search(r'firstpass">(whsec_[\w+/=]+)<', text(page))
    assert found, text(page)
    return Webhook.objects.latest("id").pk, found[1]


def test_a_receiver_is_added_at_the_desk_and_a_signed_test_of_no_matter_arrives(
    world: "World", receiver: Receiver
):
    number, secret = added(world, receiver)
    admin = desk_of(world, "admin")
    assert secret not in text(admin.get(AT))
    assert admin.post(AT, {"act": "test", "receiver": number}).status_code == 302
    assert "还在路上" in text(admin.get(AT))
    while deliver_once(outside=True):
        pass
    [heard] = receiver.heard
    assert verified(heard, secret)
    assert b'"webhook.test"' in heard.body and b"number" not in heard.body
    assert "试送：收到了" in text(admin.get(AT))


def test_what_a_paused_receiver_is_told_waits_and_leaves_when_it_goes_on(world: "World", receiver: Receiver):
    number, _secret = added(world, receiver)
    admin = desk_of(world, "admin")
    admin.post(AT, {"act": "pause", "receiver": number})
    assert admin.post(AT, {"act": "test", "receiver": number}).status_code == 409
    tell_ended(world)
    assert not deliver_once(outside=True) and not receiver.heard
    assert Row.objects.get(destination=f"webhook.{number}").attempts == 0
    admin.post(AT, {"act": "resume", "receiver": number})
    while deliver_once(outside=True):
        pass
    assert len(receiver.heard) == 1


def tell_ended(world: "World") -> None:
    from uuid import uuid4

    tell(clock.now(), stream=uuid4(), ground=world.township, kind=KIND)


def test_a_new_secret_is_shown_once_and_an_ended_receiver_hears_no_more(world: "World", receiver: Receiver):
    number, secret = added(world, receiver)
    admin = desk_of(world, "admin")
    page = text(admin.post(AT, {"act": "rotate", "receiver": number, "hours": "1"}))
    found = re.search(r'firstpass">(whsec_[\w+/=]+)<', page)
    assert found and found[1] != secret
    admin.post(AT, {"act": "end", "receiver": number})
    assert admin.post(AT, {"act": "test", "receiver": number}).status_code == 404
    assert "已停止" in text(admin.get(AT))


def test_an_administrator_orders_news_of_the_own_ground_alone_and_sees_no_other_receiver(
    world: "World", receiver: Receiver
):
    number, _secret = added(world, receiver)
    given = {"act": "add", "address": receiver.address, "kinds": [KIND], "basis": "示例文件"}
    admin = desk_of(world, "admin")
    assert admin.post(AT, {**given, "ground": "11"}).status_code == 422, "no ground of the list"
    assert admin.post(AT, {**given, "ground": world.township, "basis": ""}).status_code == 422
    refused = admin.post(AT, {**given, "ground": world.township, "address": "http://example.org/"})
    assert refused.status_code == 422
    Webhook.objects.filter(pk=number).update(ground="3610")
    assert receiver.address not in text(admin.get(AT))
    assert admin.post(AT, {"act": "end", "receiver": number}).status_code == 404
