"""News to receivers outside: signed, in order, at least once, never to where it must not go."""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import work
from gantang.outbox import http, queries, registry, service, standard
from gantang.outbox.errors import WebhookNotFoundError, WebhookRefusedError
from gantang.outbox.models import Row
from gantang.outbox.service import taking
from tests.outbox.receiver import Heard, Receiver

pytestmark = pytest.mark.django_db
ADMIN = replace(SYSTEM, admin=True)
KIND = "test.news"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.GANTANG_WEBHOOK_HOSTS = ("127.0.0.0/8",)
    registry.event(KIND, "a trial")
    made = Receiver()
    made.start()
    taking._paused.clear()
    yield made
    made.stop()
    taking._paused.clear()
    registry._events.pop(KIND)


@pytest.fixture
def ordered(receiver: Receiver, now: datetime) -> tuple[int, str]:
    return service.order_webhook(actor=ADMIN, address=receiver.address, kinds=[KIND], now=now)


def tell(
    now: datetime, *, stream: UUID, version: int = 1, ground: str = "360428101", kind: str = KIND
) -> None:
    with work(SYSTEM) as w:
        refs = {"number": "QK7-M4R-2PX", "state": "handling", "at": now.isoformat()}
        service.announce(
            w, kind=kind, city=3604, stream=stream, version=version, ground=ground, refs=refs, now=now
        )


def drain(now: datetime, hours: int = 0) -> datetime:
    """Everything that is due within so many hours, in steps of half a minute of the outbox's time."""
    end = now + timedelta(hours=hours)
    while True:
        while service.deliver_once(now=now):
            pass
        due = (
            Row.objects.filter(state=Row.WAITING)
            .order_by("next_at")
            .values_list("next_at", flat=True)
            .first()
        )
        if due is None or due > end:
            return now
        now = max(due, now + timedelta(seconds=30))


def verified(one: Heard, secret: str) -> bool:
    """What the scheme's own libraries do: any signature of the header that fits the secret."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{one.id}.{one.headers['webhook-timestamp']}.".encode() + one.body
    made = "v1," + base64.b64encode(hmac.digest(key, content, "sha256")).decode()
    return made in one.headers["webhook-signature"].split(" ")


def test_signature_is_that_of_the_published_example():
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = standard.headers(
        [secret],
        identity="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_news_arrives_signed_and_says_references_only(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    stream = uuid4()
    tell(now, stream=stream)
    drain(now)
    [one] = receiver.heard
    assert verified(one, ordered[1]) and one.path == "/news?of=us"
    assert one.id == standard.message_id(stream=stream, kind=KIND, version=1)
    body = json.loads(one.body)
    assert body["type"] == KIND and datetime.fromisoformat(body["timestamp"]) == now
    assert set(body["data"]) == {"number", "state", "at", "version"}
    assert abs(int(one.headers["webhook-timestamp"]) - now.timestamp()) < 60


def test_both_secrets_sign_while_one_is_being_changed(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    fresh = service.rotate_webhook(actor=ADMIN, id=ordered[0], now=now)
    tell(now, stream=uuid4())
    drain(now)
    assert verified(receiver.heard[0], ordered[1]) and verified(receiver.heard[0], fresh)
    service.rotate_webhook(actor=ADMIN, id=ordered[0], now=now, overlap=timedelta(0))
    tell(now, stream=uuid4())
    drain(now)
    assert not verified(receiver.heard[1], ordered[1]) and not verified(receiver.heard[1], fresh)


def test_only_what_was_ordered_for_this_ground_leaves(receiver: Receiver, now: datetime):
    registry.event("test.other", "another")
    number, _ = service.order_webhook(
        actor=ADMIN, address=receiver.address, kinds=[KIND], ground="360428", now=now
    )
    for ground, kind in (("360428101", KIND), ("361028101", KIND), ("360428101", "test.other")):
        tell(now, stream=uuid4(), ground=ground, kind=kind)
    registry._events.pop("test.other")
    drain(now)
    assert len(receiver.heard) == 1
    service.end_webhook(actor=ADMIN, id=number, now=now)
    tell(now, stream=uuid4())
    assert not Row.objects.filter(state=Row.WAITING).exists()


def test_order_is_kept_for_each_matter_while_the_receiver_fails_now_and_then(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    streams = [uuid4() for _ in range(4)]
    turns = iter(range(1000))
    receiver.answer = lambda _one: 503 if next(turns) % 3 else 200
    for version in range(1, 6):
        for stream in streams:
            tell(now, stream=stream, version=version)
    drain(now, hours=20)
    taken = [one for place, one in enumerate(receiver.heard) if place % 3 == 0]
    order = [(json.loads(one.body)["data"]["version"], one.id) for one in taken]
    for stream in streams:
        ids = [standard.message_id(stream=stream, kind=KIND, version=version) for version in range(1, 6)]
        assert [one for _, one in order if one in ids] == ids
    assert not Row.objects.exclude(state=Row.SENT).exists()


def test_every_try_has_the_same_id_and_body(receiver: Receiver, ordered: tuple[int, str], now: datetime):
    answers = iter([500, 429, 404, 200])
    receiver.answer = lambda _one: next(answers)
    tell(now, stream=uuid4())
    drain(now, hours=1)
    assert len(receiver.heard) == 4
    assert len({(one.id, one.body) for one in receiver.heard}) == 1


def test_after_twelve_tries_it_is_a_dead_letter_that_can_be_sent_again(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    receiver.answer = lambda _one: 500
    tell(now, stream=uuid4())
    later = drain(now, hours=100)
    [dead] = queries.dead(ADMIN)
    assert (dead.attempts, dead.error_code, len(receiver.heard)) == (12, "http.500", 12)
    receiver.answer = lambda _one: 200
    assert service.resend(actor=ADMIN, ids=[dead.id], now=later) == 1
    drain(later)
    assert len(receiver.heard) == 13 and len(receiver.counts()) == 1
    assert Row.objects.get().state == Row.SENT


def test_a_double_comes_only_where_the_answer_was_lost_and_is_counted(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    lost = {standard.message_id(stream=UUID(int=place), kind=KIND, version=1) for place in (2, 5)}
    receiver.answer = lambda one: None if one.id in lost and receiver.counts()[one.id] == 1 else 200
    for place in range(8):
        tell(now, stream=UUID(int=place))
    drain(now, hours=1)
    counts = receiver.counts()
    assert len(counts) == 8 and {one for one, many in counts.items() if many > 1} == lost
    assert max(counts.values()) == 2
    assert queries.webhooks(ADMIN)[-1].unsure == 2


def test_answer_that_comes_too_late_is_tried_again_and_counted(
    receiver: Receiver, ordered: tuple[int, str], now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(http, "READ", 0.3)
    receiver.late = 5.0
    tell(now, stream=uuid4())
    service.deliver_once(now=now)
    row = Row.objects.get()
    assert (row.state, row.error_code, row.unsure) == (Row.WAITING, "webhook.answer_lost", 1)
    receiver.late = 0.0
    drain(now, hours=1)
    assert list(receiver.counts().values()) == [2] and Row.objects.get().state == Row.SENT


def test_receiver_that_drips_its_answer_is_cut_off_in_time_and_counted(
    receiver: Receiver, ordered: tuple[int, str], now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(http, "WHOLE", 0.5)
    receiver.drips = True
    tell(now, stream=uuid4())
    service.deliver_once(now=now)
    row = Row.objects.get()
    assert (row.state, row.error_code, row.unsure) == (Row.WAITING, "webhook.too_slow", 1)
    assert receiver.cut.wait(30), "the connection was closed, not left open"
    receiver.drips = False
    drain(now, hours=1)
    assert Row.objects.get().state == Row.SENT


def test_worker_that_died_over_a_row_counts_as_a_lost_answer(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    tell(now, stream=uuid4())
    taking.take(10, now, None)
    drain(now + timedelta(minutes=6))
    assert Row.objects.get().unsure == 1 and len(receiver.heard) == 1


def test_where_nobody_is_there_one_try_is_made_and_the_rest_waits_untried(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    receiver.stop()
    for place in range(6):
        tell(now, stream=UUID(int=place))
    service.deliver_once(now=now)
    assert sorted(Row.objects.values_list("attempts", flat=True)) == [0] * 5 + [1]
    assert service.deliver_once(now=now) == 0
    receiver.start()
    drain(now, hours=1)
    assert len(receiver.heard) == 6 and queries.webhooks(ADMIN)[-1].unsure == 0


def test_receiver_that_asks_for_a_pause_gets_it(receiver: Receiver, ordered: tuple[int, str], now: datetime):
    receiver.answer, receiver.asks = (lambda _heard: 429), "900"
    for place in range(3):
        tell(now, stream=UUID(int=place))
    service.deliver_once(now=now)
    assert len(receiver.heard) == 1, "the rest is not tried meanwhile"
    assert service.deliver_once(now=now + timedelta(minutes=14)) == 0
    receiver.answer = lambda _heard: 204
    drain(now + timedelta(minutes=16))
    assert len(receiver.heard) == 4 and not Row.objects.filter(state=Row.WAITING)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("7", 7), ("999999999999", 21600), ("Sat, 28 Nov 2026 01:31:00 GMT", 60), ("Sat, 28 Nov 2099 01:30:00 GMT", 21600),
     ("Sat, 28 Nov 2020 01:30:00 GMT", None), ("-5", None), ("soon", None), ("", None), ("٣", None)],
)  # fmt: skip
def test_pause_that_is_asked_for_is_read_or_passed_over_and_has_an_end(told: str, seconds: int | None):
    found = http.pause_of(told, datetime(2026, 11, 28, 1, 30, tzinfo=UTC))
    assert found == (None if seconds is None else timedelta(seconds=seconds))


def test_slow_receiver_holds_up_no_mail(
    receiver: Receiver,
    ordered: tuple[int, str],
    mail_server: Any,
    put: Callable[..., UUID],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
):
    from gantang.outbox.types import Message

    letter = Message("resident@example.org", "示例", "示例")
    monkeypatch.setitem(registry._renderers, "test.note", lambda _parcel: letter)
    tell(now, stream=uuid4())
    put()
    assert service.deliver_once(now=now, outside=False) == 1
    assert len(mail_server.box.letters) == 1 and receiver.heard == []
    assert service.deliver_once(now=now, outside=True) == 1 and len(receiver.heard) == 1


def test_redirect_is_not_followed(receiver: Receiver, ordered: tuple[int, str], now: datetime):
    receiver.answer = lambda _one: 302
    tell(now, stream=uuid4())
    service.deliver_once(now=now)
    assert [one.path for one in receiver.heard] == ["/news?of=us"]
    assert Row.objects.get().error_code == "http.302"


def test_receiver_that_says_gone_hears_no_more(receiver: Receiver, ordered: tuple[int, str], now: datetime):
    receiver.answer = lambda _one: 410
    tell(now, stream=uuid4())
    tell(now, stream=uuid4())
    drain(now, hours=1)
    assert len(receiver.heard) == 1 and queries.webhooks(ADMIN)[-1].ended_why == "gone"
    assert sorted(Row.objects.values_list("state", flat=True)) == [Row.DEAD, Row.SKIPPED]


@pytest.mark.parametrize("hosts", [(), ("10.0.0.0/8",), ("elsewhere.example",)])
def test_private_address_is_refused_unless_it_is_named(
    receiver: Receiver, ordered: tuple[int, str], now: datetime, settings: Any, hosts: tuple[str, ...]
):
    settings.GANTANG_WEBHOOK_HOSTS = hosts
    tell(now, stream=uuid4())
    service.deliver_once(now=now)
    assert receiver.heard == [] and Row.objects.get().error_code == "webhook.private_address"
    with pytest.raises(WebhookRefusedError):
        service.order_webhook(actor=ADMIN, address=receiver.address, kinds=[KIND], now=now)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/", "https://", "https://user:word@example.org/", "https://10.0.0.1/", "https://[::1]/",
        "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/", "http://1.1.1.1/", "https://1.1.1.1:x/",
        "https://0.0.0.0/", "https://224.0.0.1/", "https://2130706433/", "https://no.such.name.invalid/",
    ],
)  # fmt: skip
def test_address_that_leads_inside_or_is_none_is_refused(
    receiver: Receiver, now: datetime, settings: Any, address: str
):
    settings.GANTANG_WEBHOOK_HOSTS = ()
    with pytest.raises(WebhookRefusedError) as refused:
        service.order_webhook(actor=ADMIN, address=address, kinds=[KIND], now=now)
    assert "webhook." not in str(refused.value.details["what"]), "words, no code"


def test_public_address_by_https_is_taken(receiver: Receiver, now: datetime, settings: Any):
    settings.GANTANG_WEBHOOK_HOSTS = ()
    assert service.order_webhook(actor=ADMIN, address="https://1.1.1.1/news", kinds=[KIND], now=now)[0]


def test_only_administrators_order_rotate_end_and_see_receivers(
    receiver: Receiver, ordered: tuple[int, str], now: datetime
):
    clerk = Actor(client="account:2", account=2)
    for attempt in (
        lambda: service.order_webhook(actor=clerk, address=receiver.address, kinds=[KIND], now=now),
        lambda: service.rotate_webhook(actor=clerk, id=ordered[0], now=now),
        lambda: service.end_webhook(actor=clerk, id=ordered[0], now=now),
        lambda: queries.webhooks(clerk),
    ):
        with pytest.raises(ForbiddenError):
            attempt()


def test_kind_that_nobody_tells_and_number_that_nobody_has_are_refused(receiver: Receiver, now: datetime):
    with pytest.raises(WebhookRefusedError):
        service.order_webhook(actor=ADMIN, address=receiver.address, kinds=["no.such"], now=now)
    with pytest.raises(WebhookNotFoundError):
        service.end_webhook(actor=ADMIN, id=0, now=now)


def test_secret_stands_sealed_and_cannot_be_read_back(ordered: tuple[int, str]):
    from gantang.outbox.models import Webhook

    row = Webhook.objects.get(id=ordered[0])
    assert base64.b64decode(ordered[1].removeprefix("whsec_")) not in bytes(row.secret)
    assert not any("secret" in name for name in queries.webhooks(ADMIN)[0].__slots__)
