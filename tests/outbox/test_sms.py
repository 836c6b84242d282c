"""Notices by the operator's SMS gateway: signed, without a word of the matter, tried again and given up rightly."""

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit import clock
from gantang.matters.types import Contact
from gantang.outbox import service
from gantang.outbox.models import Row
from gantang.outbox.service import deliver
from tests.journeys import plant
from tests.outbox.receiver import Receiver
from tests.outbox.test_webhooks import drain, verified

if TYPE_CHECKING:
    from tests.matters.acting import Course
    from tests.world import World

pytestmark = pytest.mark.django_db
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
PHONE, WORDS = "13900007715", "楼上漏水，说了几次都没有人来。"


@pytest.fixture
def gateway(settings: Any) -> Iterator[Receiver]:
    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.0/8",)
    made = Receiver()
    made.start()
    settings.GANTANG_SMS_URL, settings.GANTANG_SMS_SECRET = made.address, SECRET
    deliver._paused.clear()
    yield made
    made.stop()
    deliver._paused.clear()


def asked(world: "World", **contact: str) -> "Course":
    """A resident who left a phone number is asked something."""
    from gantang.matters import service as matters
    from gantang.matters.types import Report
    from tests.matters.acting import Course, fresh

    report = Report(
        words=WORDS, channel="portal", ground=world.grid, reporter=Contact(name="示例甲", **contact)
    )
    from gantang.kit.actor import Actor

    receipt = matters.intake(actor=Actor(client="form:test"), report=report, key=fresh(), now=clock.now())
    course = Course(receipt, clock.now())
    course.by(plant._handled(world, course), "ask_reporter", question="请问是几栋几单元？")
    return course


def test_a_notice_says_title_number_and_link_and_is_signed(world: "World", gateway: Receiver):
    course = asked(world, phone=PHONE)
    drain(course.now + timedelta(minutes=1))
    [one] = gateway.heard
    assert verified(one, SECRET)
    body = json.loads(one.body)
    assert body["type"] == "sms.send" and set(body["data"]) == {"to", "title", "number", "link"}
    assert body["data"]["to"] == PHONE and body["data"]["link"].endswith("/track/")
    told = one.body.decode()
    for hidden in (WORDS[:4], "示例甲", "几栋", course.receipt.access_code or "-"):
        assert hidden not in told


def test_whoever_left_a_mail_address_gets_mail_and_no_sms(world: "World", gateway: Receiver):
    course = asked(world, phone=PHONE, email="shili@example.org")
    drain(course.now + timedelta(minutes=1))
    assert gateway.heard == []


def test_without_a_gateway_nothing_waits(world: "World"):
    asked(world, phone=PHONE)
    assert not Row.objects.filter(destination="sms").exists()


def test_a_lost_answer_brings_the_same_bytes_under_the_same_id(world: "World", gateway: Receiver):
    answers = iter([None, 500, 204])
    gateway.answer = lambda _heard: next(answers)
    drain(asked(world, phone=PHONE).now + timedelta(minutes=1), hours=2)
    assert len(gateway.heard) == 3
    assert len({one.id for one in gateway.heard}) == 1 and len({one.body for one in gateway.heard}) == 1


def test_a_number_that_is_none_is_given_up_at_once(world: "World", gateway: Receiver):
    gateway.answer = lambda _heard: 422
    drain(asked(world, phone=PHONE).now + timedelta(minutes=1), hours=2)
    assert len(gateway.heard) == 1
    assert Row.objects.get(destination="sms").state == Row.DEAD


def test_a_slow_gateway_holds_up_no_mail(world: "World", gateway: Receiver, now: datetime):
    course = asked(world, phone=PHONE)
    service.deliver_once(now=course.now + timedelta(minutes=1), outside=False)
    assert gateway.heard == []
    assert Row.objects.filter(destination="sms", state=Row.WAITING).count() == 1
