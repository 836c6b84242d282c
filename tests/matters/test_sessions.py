"""Sessions of a dispute: planned, told where they clash, moved and cancelled with a reason, held with their record; and
the signatures on what was agreed."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ConflictError, ForbiddenError
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.errors import SessionInvalidError, SignatureInvalidError
from gantang.matters.models import Document, Session, Signature
from gantang.matters.types import Given, Planned
from gantang.vault.models import Entry
from tests.matters.acting import Course, fresh, image, told
from tests.matters.issuing import watched
from tests.matters.test_parties import ACCEPTED, added, says

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
DRAWN = (((20, 80), (120, 30), (220, 90)), ((240, 60), (300, 120)))
AGREED = {
    "form": "written",
    "main_facts": "示例：院墙越了界。",
    "disputed_points": "示例：拆多少。",
    "liability": "示例：各退一步。",
    "terms": "示例：拆半米。",
    "performance": "示例：月底前。",
    "term": "month",
}


@pytest.fixture
def talked(world: "World") -> Course:
    """A dispute that is being mediated, with two parties."""
    course = Course(told(world.grid, "示例：两家为院墙争了半年。", class_code="dispute.neighbour"))
    course.by(world.cast.receiver, "accept", **ACCEPTED)
    course.by(world.cast.dispatcher, "route_simple", committee="township", track="simple")
    mediator = world.cast.mediator
    for name, side in (("示例甲", 1), ("示例乙", 2)):
        says(course, mediator, True, person=added(course, mediator, name, side=side))
    course.by(mediator, "begin")
    return course


def plan_of(course: Course, by: Actor, **given: Any) -> Planned:
    starts = given.pop("starts_at", course.now + timedelta(days=2))
    plan = Planned(
        starts, starts + timedelta(hours=1), "face_to_face", by.post or 0, (1, 2), (by.unit or 0, 1)
    )
    return replace(plan, **given)


def planned(course: Course, by: Actor, plan: Planned) -> int:
    return service.plan_session(actor=by, matter=course.id, plan=plan, key=fresh(), now=course.now)


def state_of(course: Course, by: Actor) -> list[str]:
    return [one.state for one in queries.sessions_of(by, course.id)]


def test_a_planned_session_stands_in_the_calendar_of_its_unit_and_in_nobody_elses(
    talked: Course, world: "World"
):
    mediator = world.cast.mediator
    plan = plan_of(talked, mediator)
    planned(talked, mediator, plan)
    span = talked.now, talked.now + timedelta(days=7)
    (found,) = queries.calendar(mediator, *span)
    assert (found.starts_at, found.room, found.people) == (plan.starts_at, (mediator.unit, 1), (1, 2))
    assert queries.calendar(mediator, talked.now + timedelta(days=7), talked.now + timedelta(days=14)) == []
    assert queries.calendar(world.cast.neighbour, *span) == []


def test_a_session_lies_ahead_has_a_leader_of_the_unit_a_room_and_somebody_who_comes(
    talked: Course, world: "World"
):
    mediator = world.cast.mediator
    wrong = plan_of(
        talked, mediator, starts_at=talked.now - timedelta(hours=1), post=0, people=(7,), room=None
    )
    with pytest.raises(SessionInvalidError) as refused:
        planned(talked, mediator, wrong)
    codes = {one["code"] for one in refused.value.details["fields"]}
    assert codes == {"no_time_to_come", "unknown_post", "nobody_to_come", "no_room"}


def test_what_is_in_the_way_is_told_and_hinders_nothing(talked: Course, world: "World"):
    mediator = world.cast.mediator
    plan = plan_of(talked, mediator)
    no = planned(talked, mediator, plan)
    assert {one.what for one in queries.clashes(mediator, plan)} == {"room", "post"}
    assert queries.clashes(mediator, plan, but=(talked.id, no)) == []
    later = replace(plan, starts_at=plan.ends_at, ends_at=plan.ends_at + timedelta(hours=1))
    assert queries.clashes(mediator, later) == []
    stranger = queries.clashes(world.cast.neighbour, replace(plan, post=world.cast.neighbour.post or 0))
    assert [(one.what, one.number) for one in stranger] == [("room", "")]
    assert planned(talked, mediator, plan) == 2


def test_a_session_is_moved_and_cancelled_with_a_reason_and_not_once_it_is_over(
    talked: Course, world: "World"
):
    mediator = world.cast.mediator
    no = planned(talked, mediator, plan_of(talked, mediator))
    again = plan_of(talked, mediator, starts_at=talked.now + timedelta(days=3))
    asked: dict[str, Any] = {"actor": mediator, "matter": talked.id, "session": no, "now": talked.now}
    with pytest.raises(SessionInvalidError):
        service.move_session(**asked, plan=again, reason="示例：不想写", key=fresh())
    service.move_session(**asked, plan=again, reason="party_away", key=fresh())
    (found,) = queries.sessions_of(mediator, talked.id)
    assert (found.starts_at, found.sequence, found.reason) == (again.starts_at, 1, "party_away")
    service.cancel_session(**asked, reason="asked", key=fresh())
    assert state_of(talked, mediator) == ["cancelled"]
    with pytest.raises(ConflictError):
        service.cancel_session(**asked, reason="asked", key=fresh())
    names = [one.name for one in queries.timeline(mediator, talked.id)]
    assert [one for one in names if one.startswith("session_")] == [
        "session_planned",
        "session_moved",
        "session_cancelled",
    ]


def test_the_record_of_a_session_is_its_being_held_in_one_act(talked: Course, world: "World"):
    mediator = world.cast.mediator
    no = planned(talked, mediator, plan_of(talked, mediator))
    answers = {"session": "face_to_face", "session_result": "closer", "record": "示例：谈近了。"}
    service.act(
        actor=mediator,
        matter=talked.id,
        move="hold_session",
        answers=answers,
        key=fresh(),
        now=talked.now,
        session=no,
    )
    assert state_of(talked, mediator) == ["held"]
    assert "record" in {one.kind for one in queries.documents(mediator, talked.id)}


def test_a_party_sees_when_and_where_it_is_to_come(talked: Course, world: "World"):
    mediator = world.cast.mediator
    code = talked.receipt.access_code or ""
    says(talked, service.open_by_code(code)[0], True)
    planned(talked, mediator, plan_of(talked, mediator))
    assert queries.track(code, now=talked.now).session is None
    plan = plan_of(talked, mediator, starts_at=talked.now + timedelta(days=4), people=(0, 2))
    planned(talked, mediator, plan)
    shown = queries.track(code, now=talked.now).session
    assert shown is not None and (shown.starts_at, shown.room) == (plan.starts_at, plan.room)


def test_a_calendar_to_subscribe_holds_a_number_and_a_link_and_no_word_of_anybody(
    talked: Course, world: "World"
):
    mediator = world.cast.mediator
    planned(talked, mediator, plan_of(talked, mediator))
    text = queries.sessions_file(mediator, now=talked.now).decode().replace("\r\n ", "")
    assert talked.receipt.number in text and text.count("BEGIN:VEVENT") == 1
    assert "院墙" not in text and "示例" not in text


# --- signing ------------------------------------------------------------------------------------------


def agreement_of(course: Course, by: Actor) -> Any:
    course.by(by, "agree", **AGREED)
    return queries.signing(by, course.id)


def sign(course: Course, by: Actor, document: Any, signer: str, way: str = "screen", **given: Any) -> None:
    drawn = DRAWN if way == "screen" else ()
    one = Given(signer, way, **{"strokes": drawn, **given})
    service.sign(actor=by, matter=course.id, document=document, given=one, key=fresh(), now=course.now)


def test_everybody_signs_before_a_witness_and_the_page_of_signatures_says_so(
    talked: Course, world: "World", monkeypatch: pytest.MonkeyPatch
):
    mediator, other = world.cast.mediator, world.cast.dispatcher
    known = agreement_of(talked, mediator)
    assert known.signers == ("party:1", "party:2", "mediator")
    sign(talked, mediator, known.document, "party:1")
    sign(talked, mediator, known.document, "party:2", way="presence")
    sign(talked, mediator, known.document, "mediator")
    asked: dict[str, Any] = {"matter": talked.id, "document": known.document, "now": talked.now}
    with pytest.raises(SignatureInvalidError):
        service.issue_signatures(actor=mediator, matter=talked.id, key=fresh(), now=talked.now)
    with pytest.raises(ConflictError):  # whoever takes signatures does not witness them
        service.witness(actor=mediator, key=fresh(), **asked)
    assert service.witness(actor=other, key=fresh(), **asked) == 3
    with watched(monkeypatch) as seen:
        service.issue_signatures(actor=mediator, matter=talked.id, key=fresh(), now=talked.now)
    lines = seen[0].answers["signatures"].rows
    assert [one[0] for one in lines][:2] == ["申请方 示例甲", "另一方 示例乙"]
    assert [one[1] for one in lines][:2] == ["在屏幕上签名", "当面确认，由工作人员记下"]
    assert all(f"{talked.now:%H:%M}" in one[2] and "分拨岗" in one[3] for one in lines)
    assert len(seen[0].pictures) == 2
    page = next(one for one in queries.documents(mediator, talked.id) if one.kind == "signing")
    assert (page.title, page.number) == ("签署页", "")
    assert queries.case_file(mediator, talked.id, now=talked.now).startswith(b"%PDF")


def test_on_paper_the_time_the_witness_and_the_page_are_told(talked: Course, world: "World"):
    mediator = world.cast.mediator
    known = agreement_of(talked, mediator)
    talked.now += timedelta(minutes=5)
    with pytest.raises(SignatureInvalidError) as refused:
        sign(talked, mediator, known.document, "party:1", "paper", signed_at=talked.now + timedelta(hours=1))
    codes = {one["code"] for one in refused.value.details["fields"]}
    assert codes == {"not_signed_then", "no_witness", "no_signed_paper"}
    page = service.attach(
        actor=mediator, matter=talked.id, data=image(), public=False, key=fresh(), now=talked.now
    )
    told_ = {"signed_at": talked.now, "witness": "示例村干部", "attachment": page}
    sign(talked, mediator, known.document, "party:1", "paper", **told_)
    (one,) = queries.signing(mediator, talked.id).signed.values()  # type: ignore[union-attr]
    assert one.stands and one.attachment == page


def test_what_was_changed_after_a_signature_is_signed_anew(talked: Course, world: "World"):
    mediator = world.cast.mediator
    known = agreement_of(talked, mediator)
    sign(talked, mediator, known.document, "party:1")
    talked.now += timedelta(minutes=1)
    service.correct(
        actor=mediator,
        matter=talked.id,
        kind="agreement",
        answers={"terms": "示例：拆一米。"},
        reason="示例：写错了",
        key=fresh(),
        now=talked.now,
    )
    anew = queries.signing(mediator, talked.id)
    assert anew is not None and (anew.version, anew.before, anew.signed) == (2, 1, {})
    with pytest.raises(SignatureInvalidError) as refused:
        sign(talked, mediator, known.document, "party:2")
    assert [one["code"] for one in refused.value.details["fields"]] == ["replaced_since"]


def test_what_was_drawn_stands_in_the_vault_alone(talked: Course, world: "World"):
    mediator = world.cast.mediator
    known = agreement_of(talked, mediator)
    sign(talked, mediator, known.document, "party:1")
    with reading(SYSTEM, ids=[talked.id]):
        row = Signature.objects.get(matter_id=talked.id)
        entry = Entry.objects.get(id=row.entry)
        assert (entry.kind, entry.purpose) == ("signature", "mediation")
        assert not Session.objects.filter(matter_id=talked.id) and Document.objects.filter(
            matter_id=talked.id
        )
    opened = [
        text for one in queries.texts(mediator, talked.id, now=talked.now).values() for text in one.values()
    ]
    assert not any("strokes" in one for one in opened)


def test_only_a_mediator_signs_as_one_and_no_person_outside_takes_a_signature(talked: Course, world: "World"):
    known = agreement_of(talked, world.cast.mediator)
    with pytest.raises(ForbiddenError):
        sign(talked, world.cast.dispatcher, known.document, "mediator")
    with pytest.raises(ForbiddenError):
        sign(talked, service.open_by_code(talked.receipt.access_code or "")[0], known.document, "party:1")
