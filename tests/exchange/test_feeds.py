"""What is stated to everybody: the whole set in force, with an expiry; no person, no minor's matter, nothing withdrawn."""

import json
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from gantang.kit import clock, signing
from gantang.kit.canonical import canonical
from gantang.matters import queries, service
from gantang.matters.errors import AnswerInvalidError, FeedMissingError, FeedTooLargeError
from gantang.matters.types import Contact
from tests.matters.acting import fresh
from tests.matters.ways.driving import Driven
from tests.matters.ways.performing import behind, noticed

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
NAME = "court_notice"
READING = import_module("gantang.matters.queries.stated")


def items(now: datetime) -> list[Any]:
    return [dict(one.fields) for one in queries.stated(NAME, now=now).items]


def told(**heads: str) -> Any:
    return Client().get(f"/feeds/{NAME}.json", headers=heads)


class Consumer:
    """A bank or a paper that keeps what it took: it takes what is newer, and lets go at the expiry."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def take(self, body: dict[str, Any]) -> None:
        if body["edition"] > self.kept.get("edition", 0):
            self.kept = body

    def shows(self, at: datetime) -> list[Any]:
        until = self.kept.get("expires_at")
        return self.kept["items"] if until and datetime.fromisoformat(until) > at else []


def test_a_notice_is_stated_by_number_court_basis_dates_and_state_and_by_nothing_else(world: "World") -> None:
    _, notice = noticed(world)
    answer = told()
    body = answer.json()
    assert answer.status_code == 200
    (one,) = body["items"]
    assert set(one) == {
        "document_number", "court", "basis", "decided_on", "due_on", "state", "since", "until",
    }  # fmt: skip
    assert (one["document_number"], one["basis"], one["state"]) == (
        "（2026）赣0102民初123号",
        "judgment",
        "in_force",
    )
    text = answer.content.decode()
    row = notice.row
    assert row.number not in text and str(row.id) not in text and row.gist not in text
    assert body["fields"]["basis"]["options"]["judgment"]["zh-Hans"] == "法院裁判"


def test_what_is_proposed_is_not_stated_before_another_has_checked_it(world: "World") -> None:
    main = behind(world)
    notice = main.child(main.make("notice_of_judgment"))
    assert items(notice.now) == []
    notice.make("propose", term="month")
    assert items(notice.now) == []
    notice.go("put_in_force")
    assert len(items(notice.now)) == 1


@pytest.mark.parametrize("move", ["told", "correct", "dispute", "withdraw"])
def test_what_is_withdrawn_is_gone_with_the_next_question(world: "World", move: str) -> None:
    _, notice = noticed(world)
    first = told()
    notice.go(move)
    then = told(**{"If-None-Match": first.headers["ETag"]})
    assert then.status_code == 200 and then.json()["items"] == []
    assert then.json()["edition"] > first.json()["edition"]


def test_whoever_ends_the_matter_takes_its_notices_down_in_the_same_act(world: "World") -> None:
    main, notice = noticed(world)
    main.go("told").make("perform", children="withdraw")
    assert items(main.now) == []
    assert notice.row.outcome == "withdrawn"


def test_a_consumer_that_misses_a_withdrawal_shows_nothing_after_the_expiry(world: "World") -> None:
    _, notice = noticed(world)
    consumer, body = Consumer(), told().json()
    consumer.take(body)
    made = datetime.fromisoformat(body["made_at"])
    notice.go("told")  # and the consumer never asks again
    assert datetime.fromisoformat(body["expires_at"]) - made == timedelta(hours=24)
    assert len(consumer.shows(made + timedelta(hours=23))) == 1
    assert consumer.shows(made + timedelta(hours=24)) == []


def test_an_older_edition_never_takes_the_place_of_a_newer_one(world: "World") -> None:
    _, notice = noticed(world)
    consumer, old = Consumer(), told().json()
    notice.go("told")
    consumer.take(told().json())
    consumer.take(old)
    assert consumer.kept["items"] == []


def test_a_notice_dies_at_its_own_last_moment_even_where_the_clock_comes_late(world: "World") -> None:
    _, notice = noticed(world)
    due = notice.row.due_at
    assert due is not None and notice.row.ended_at is None
    assert len(items(due - timedelta(seconds=1))) == 1
    assert items(due) == []


def test_performance_told_is_settled_in_one_working_day_or_the_clock_withdraws(world: "World") -> None:
    _, notice = noticed(world)
    notice.go("told")
    row = notice.row
    assert (row.state, row.due_at is not None) == ("leaving", True)
    last = row.due_at
    service.wake(now=last - timedelta(seconds=1))
    assert notice.row.state == "leaving"
    service.wake(now=last + timedelta(seconds=1))
    assert (notice.row.state, notice.row.outcome) == ("ended", "performed")


def test_a_minors_matter_is_never_noticed_and_never_stated(world: "World") -> None:
    main, notice = noticed(world)
    assert len(items(notice.now)) == 1
    entered(main)
    assert items(notice.now) == []
    child = refusals(main, "notice_of_judgment")
    assert "guard.no_minor" in child
    notice.go("correct")
    assert "guard.no_minor" in refusals(notice, "propose")


def entered(course: Driven) -> None:
    """A minor is entered among the parties of the matter."""
    course.now += timedelta(minutes=1)
    actor = next(course.staff("mediator"))
    service.add_party(
        actor=actor, matter=course.id, contact=Contact(name="示例丙"), minor=True, key=fresh(), now=course.now
    )


def refusals(course: Driven, move: str) -> set[str]:
    actor = next(course.staff("mediator"))
    found = course.possible(actor, move)
    return {one.code for one in found.refusals}


def test_a_name_does_not_fit_where_a_document_number_is_asked(world: "World") -> None:
    main = behind(world)
    notice = main.child(main.make("notice_of_judgment"))
    for wrong in (
        "（2026）赣0102民初张三号",
        "张三",
        "13800000000",
        "110105194912310021",
        "（2026）赣0102民初1234567号",
    ):
        with pytest.raises(AnswerInvalidError) as error:
            notice.make("propose", term="month", document_number=wrong)
        assert "document_number" in json.dumps(error.value.details, ensure_ascii=False)


def test_it_is_signed_so_that_whoever_passes_it_on_can_change_nothing(world: "World") -> None:
    noticed(world)
    body = told().json()
    given = body.pop("signature")
    made = signing.Signature(given["signer"], given["key"], bytes.fromhex(given["value"]))
    assert signing.holds(canonical(body), made)
    body["items"] = []
    assert not signing.holds(canonical(body), made)


def test_nothing_new_is_told_as_nothing_new_and_nobody_keeps_it_unasked(world: "World") -> None:
    noticed(world)
    first = told()
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = told(**{"If-None-Match": first.headers["ETag"]})
    assert again.status_code in (200, 304)  # an hour may have begun between
    assert again.status_code == 200 or again.content == b""


def test_a_procedure_that_states_nothing_has_no_feed(world: "World") -> None:
    assert Client().get("/feeds/request.json").status_code == 404
    assert Client().get("/feeds/tip.json").status_code == 404
    with pytest.raises(FeedMissingError):
        queries.stated("nothing_of_that_name", now=clock.now())


def test_what_cannot_be_stated_whole_is_not_stated_at_all(
    world: "World", monkeypatch: pytest.MonkeyPatch
) -> None:
    noticed(world)
    monkeypatch.setattr(READING, "MOST", 0)
    with pytest.raises(FeedTooLargeError):
        queries.stated(NAME, now=clock.now())
    assert told().status_code == 503


def test_a_set_is_read_bite_by_bite_and_is_whole(world: "World", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(READING, "BITE", 2)
    course = behind(world)
    for _ in range(3):
        noticed(world, course)
    noticed(world)
    noticed(world)
    assert len(items(clock.now())) == 5
