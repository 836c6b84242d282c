"""Mail leaves over a real SMTP server, survives its absence, and gives up aloud."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.outbox import queries, registry, service
from gantang.outbox.models import Row
from gantang.outbox.types import Message

pytestmark = pytest.mark.django_db
ADMIN = Actor(client="account:1", account=1, admin=True)


@pytest.fixture(autouse=True)
def worded() -> Iterator[None]:
    registry.renderer("test.note")(
        lambda parcel: Message("resident@example.org", "您反映的事项", f"第{parcel.version}次进展")
    )
    yield
    registry._renderers.pop("test.note")


def _subjects(box: Any) -> list[str]:
    return [
        str(make_header(decode_header(message_from_bytes(each.content)["Subject"]))) for each in box.letters
    ]


def _bodies(box: Any) -> list[str]:
    return [
        message_from_bytes(each.content).get_payload(decode=True).decode().strip() for each in box.letters
    ]


def test_mail_arrives_at_the_server_once(mail_server: Any, put: Callable[..., UUID]) -> None:
    put()
    assert service.deliver_once() == 1
    assert service.deliver_once() == 0
    assert _subjects(mail_server.box) == ["您反映的事项"]


def test_nothing_leaves_a_restored_house_before_it_is_released(
    mail_server: Any, put: Callable[..., UUID], settings: Any, tmp_path: Path
) -> None:
    settings.GANTANG_RESTORED_MARK = tmp_path / "restored.json"
    settings.GANTANG_RESTORED_MARK.touch()
    taken: list[int] = []
    registry.destination("test.room")(lambda parcel: taken.append(parcel.version))
    put()
    put(destination="test.room")
    assert service.deliver_once() == 1
    assert (taken, _subjects(mail_server.box)) == ([1], [])
    settings.GANTANG_RESTORED_MARK.unlink()
    assert service.deliver_once() == 1
    assert _subjects(mail_server.box) == ["您反映的事项"]
    registry._destinations.pop("test.room")


def test_mail_waits_for_a_server_that_is_down_and_leaves_when_it_is_back(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    put()
    mail_server.stop()
    service.deliver_once(now=now)
    assert service.deliver_once(now=now + timedelta(seconds=1)) == 0, "it must wait before it tries again"
    mail_server.start()
    assert service.deliver_once(now=now + timedelta(minutes=1)) == 1
    assert len(mail_server.box.letters) == 1


def test_every_try_carries_the_same_message_id(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    stream = uuid4()
    put(stream=stream, version=7)
    mail_server.box.answer = "451 later"
    service.deliver_once(now=now)
    mail_server.box.answer = "250 OK"
    put(stream=uuid4(), version=7)
    for minute in range(3):
        service.deliver_once(now=now + timedelta(minutes=1 + minute))
    ids = {message_from_bytes(each.content)["Message-ID"] for each in mail_server.box.letters}
    assert len(ids) == 2
    expected = _message_id(stream, 7)
    assert expected in ids and expected.endswith("@gantang.example>")


def _message_id(stream: UUID, version: int) -> str:
    from gantang.outbox import rules

    return rules.message_id(
        stream=stream, kind="test.note", version=version, refs={"party": 1}, domain="gantang.example"
    )


def test_a_failing_row_holds_back_later_rows_of_its_stream_and_no_other(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    stream = uuid4()
    put(stream=stream, version=1)
    put(stream=stream, version=2)
    put(version=9)
    mail_server.stop()
    assert service.deliver_once(now=now) == 2, "the second row of the stream must not be tried"
    mail_server.start()
    later = now + timedelta(minutes=2)
    while service.deliver_once(now=later):
        pass
    bodies = _bodies(mail_server.box)
    assert bodies.index("第1次进展") < bodies.index("第2次进展") and len(bodies) == 3


def test_mail_doubles_only_where_the_answer_was_lost_under_one_id_and_is_counted(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    put()
    mail_server.box.hangs_up = True
    service.deliver_once(now=now)
    assert queries.answers_lost(ADMIN) == {"mail": 1}
    mail_server.box.hangs_up = False
    assert service.deliver_once(now=now + timedelta(minutes=1)) == 1
    first, second = [message_from_bytes(each.content)["Message-ID"] for each in mail_server.box.letters]
    assert first == second


@pytest.mark.parametrize("half", ["25", "99 ?", "999 ?"])
def test_half_an_answer_of_the_mail_server_is_a_lost_one(
    mail_server: Any, put: Callable[..., UUID], now: datetime, half: str
) -> None:
    put()
    mail_server.box.answer = half
    service.deliver_once(now=now)
    assert queries.answers_lost(ADMIN) == {"mail": 1}


@pytest.mark.parametrize("said", ["421 going down", None])
def test_while_no_mail_server_answers_one_letter_is_tried_and_the_rest_wait_untried(
    mail_server: Any, put: Callable[..., UUID], now: datetime, said: str | None
) -> None:
    for _ in range(3):
        put()
    if said is None:
        mail_server.stop()
    else:
        mail_server.box.answer = said
    service.deliver_once(now=now)
    assert sorted(Row.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert queries.answers_lost(ADMIN) == {}
    assert service.deliver_once(now=now + timedelta(seconds=1)) == 0


def test_a_refused_recipient_becomes_a_visible_dead_letter_that_can_be_sent_again(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    row = put()
    mail_server.box.answer = "550 no such mailbox"
    service.deliver_once(now=now)
    (letter,) = queries.dead(ADMIN)
    assert (letter.id, letter.error_code, letter.attempts) == (row, "smtp.550", 1)
    mail_server.box.answer = "250 OK"
    assert service.resend(actor=ADMIN, ids=[row], now=now) == 1
    assert service.deliver_once(now=now) == 1
    assert len(mail_server.box.letters) == 1 and queries.dead(ADMIN) == []


def test_a_row_is_given_up_after_its_last_try(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    put()
    mail_server.box.answer = "451 later"
    tries, at = 0, now
    while queries.backlog(ADMIN)[0].waiting:
        at += timedelta(hours=8)
        tries += service.deliver_once(now=at)
    assert tries == 12
    assert queries.dead(ADMIN)[0].error_code == "smtp.451"


def test_a_dead_letter_does_not_silence_the_later_mail_of_its_matter(
    mail_server: Any, put: Callable[..., UUID], now: datetime
) -> None:
    stream = uuid4()
    put(stream=stream, version=1)
    mail_server.box.answer = "550 no"
    service.deliver_once(now=now)
    mail_server.box.answer = "250 OK"
    put(stream=stream, version=2)
    assert service.deliver_once(now=now) == 1
    assert _bodies(mail_server.box) == ["第2次进展"]


def test_nothing_to_say_is_settled_without_a_letter(mail_server: Any, put: Callable[..., UUID]) -> None:
    registry.renderer("test.note")(lambda parcel: None)
    put()
    service.deliver_once()
    assert mail_server.box.letters == [] and queries.backlog(ADMIN) == []


def test_without_a_mail_server_set_mail_is_skipped_not_piled_up(
    put: Callable[..., UUID], settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    put()
    assert service.deliver_once() == 1
    assert queries.backlog(ADMIN) == []


def test_a_kind_nobody_words_is_a_dead_letter(mail_server: Any, put: Callable[..., UUID]) -> None:
    put(kind="test.unknown")
    service.deliver_once()
    assert queries.dead(ADMIN)[0].error_code == "outbox.unknown_kind"


def test_neither_the_row_nor_the_message_shows_its_text() -> None:
    assert "resident" not in repr(Message("resident@example.org", "您反映的事项", "正文"))


def test_only_administrators_see_and_resend_dead_letters(now: datetime) -> None:
    with pytest.raises(ForbiddenError):
        queries.dead(Actor(client="account:2", account=2))
    with pytest.raises(ForbiddenError):
        service.resend(actor=Actor(client="account:2", account=2), ids=[], now=now)
