"""The moves of a matter, one rule each."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, KeyReusedError
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.errors import (
    AnswerInvalidError,
    CodeNotFoundError,
    LinkInvalidError,
    MatterNotFoundError,
    MoveRefusedError,
    TransferInvalidError,
)
from gantang.matters.models import Attachment, Link, Matter, Message
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Contact
from gantang.posts import queries as posts
from gantang.tallies import queries as tallies
from gantang.vault.models import Entry
from tests.matters import paths
from tests.matters.acting import CLASS, Course, codes_of, fresh, image, report, row_of, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(world: "World") -> Course:
    return Course(told(world.grid))


def refused(course: Course, actor: Actor, move: str, **answers: object) -> list[str]:
    """The codes of all reasons against a move."""
    with pytest.raises(MoveRefusedError) as error:
        course.by(actor, move, **answers)
    return codes_of(error.value.details)


def clocks(course: Course, actor: Actor) -> dict[str, object]:
    return {one.of: one for one in course.seen_by(actor).clocks}


# --- 多元受理 -----------------------------------------------------------------------------------------


def test_every_channel_of_the_catalogue_is_taken_in(world: "World"):
    from gantang.catalogue import queries as catalogue

    channels = [one.code for one in catalogue.channels()]
    assert len(channels) >= 5
    for channel in channels:
        receipt = told(world.grid, channel=channel)
        assert row_of(receipt.matter).channel == channel


def test_on_behalf_with_a_mail_the_code_leaves_by_mail_only_and_the_reporter_confirms(world: "World"):
    made = report(world.grid, channel="phone", on_behalf=True, reporter=Contact(email="e@example.org"))
    receipt = service.intake(actor=world.cast.receiver, report=made, key=fresh(), now=clock.now())
    assert receipt.access_code is None and row_of(receipt.matter).reachable
    course = Course(receipt)
    handler = paths.handled(world, course)
    assert "guard.unreachable" in refused(
        course, handler, "answer_to_staff", result="resolved", reply="好了。"
    )
    assert course.by(handler, "answer", result="resolved", reply="好了。").status == "answered"


def test_each_party_of_a_report_is_somebody_of_the_matter_masked(world: "World"):
    parties = (Contact(name="示例一"), Contact(name="示例二", phone="13900002222"))
    receipt = told(world.grid, parties=parties)
    found = queries.people(world.cast.receiver, receipt.matter)
    assert [(one.no, one.role) for one in found] == [(0, "reporter"), (1, "party"), (2, "party")]
    assert "示例二" not in str(found) and "13900002222" not in str(found)


# --- 分流 --------------------------------------------------------------------------------------------


def test_the_reason_of_a_route_is_the_remit_that_the_step_names(course: Course, world: "World"):
    course.by(world.cast.receiver, "pass_on")
    course.by(world.cast.dispatcher, "route", **paths.CLASSED)
    (step,) = (
        one for one in queries.timeline(world.cast.dispatcher, course.id) if one.data.get("move") == "route"
    )
    answering = posts.answering(klass=CLASS, ground=world.grid, duty="handler", on=world.on)
    assert answering is not None
    assert step.data["holders"]["handler"]["remit"] == answering.remit
    assert posts.remit(answering.remit).basis == answering.basis != ""


def test_a_unit_named_by_the_dispatcher_stands_against_the_remit(course: Course, world: "World"):
    unit = world.unit("360428:water")
    course.by(world.cast.receiver, "accept", **paths.CLASSED, unit=unit)
    assert row_of(course.id).owner_unit == unit
    assert course.by(world.actor("360428:water", "办理岗"), "take_on").state == "handling"


def test_a_unit_or_a_class_that_does_not_exist_is_named_with_its_field(course: Course, world: "World"):
    with pytest.raises(AnswerInvalidError) as error:
        course.by(world.cast.receiver, "accept", **{"class": "no.such", "track": "ordinary", "unit": 10**9})
    assert {one["field"] for one in error.value.details["fields"]} == {"class", "unit"}
    assert row_of(course.id).state == "received"


def test_a_class_mended_after_routing_takes_the_work_to_whom_the_remit_names(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    service.classify(
        actor=world.cast.receiver, matter=course.id, class_code="water", key=fresh(), now=course.now
    )
    water = posts.answering(klass="water", ground=world.grid, duty="handler", on=world.on)
    assert water is not None and row_of(course.id).owner_unit == water.unit
    handler = paths.holder_of(course, world)
    assert course.by(handler, "take_on").state == "handling"


def test_a_place_mended_is_taken_on_by_whoever_answers_there(course: Course, world: "World"):
    due = row_of(course.id).due_at
    county = world.cast.county_receiver
    service.place(actor=county, matter=course.id, ground=world.other_grid, key=fresh(), now=course.now)
    with pytest.raises(MatterNotFoundError):
        course.seen_by(world.cast.receiver)
    row = row_of(course.id)
    assert (row.scope, row.grid_then, row.due_at) == (world.other_grid, world.grid, due)
    assert course.by(world.cast.neighbour, "accept", **paths.CLASSED).state == "routed"


def test_a_place_in_another_city_is_a_transfer_and_no_mend(course: Course, world: "World"):
    with pytest.raises(TransferInvalidError):
        service.place(
            actor=world.cast.receiver,
            matter=course.id,
            ground=world.foreign_grid,
            key=fresh(),
            now=course.now,
        )


def test_only_who_triages_classifies_and_places(course: Course, world: "World"):
    handler = paths.handled(world, course)
    for mend in (
        lambda: service.classify(
            actor=handler, matter=course.id, class_code=CLASS, key=fresh(), now=course.now
        ),
        lambda: service.place(
            actor=handler, matter=course.id, ground=world.grid, key=fresh(), now=course.now
        ),
    ):
        with pytest.raises(ForbiddenError):
            mend()


# --- 退单与裁定 ---------------------------------------------------------------------------------------


def test_the_clock_runs_on_from_dispatch_when_the_work_is_taken_on(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    dispatched = course.now
    course.now += timedelta(hours=3)
    course.by(paths.holder_of(course, world), "take_on")
    assert clocks(course, world.cast.receiver)["state"].start_at == dispatched


def test_a_refusal_states_its_reason_from_the_closed_list(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    handler = paths.holder_of(course, world)
    assert refused(course, handler, "refuse") == ["answer.missing"]
    assert refused(course, handler, "refuse", refusal_ground="too_busy") == ["answer.invalid"]
    course.by(handler, "refuse", refusal_ground="not_our_remit")
    row = row_of(course.id)
    assert (row.state, row.owner_duty) == ("triaged", "dispatcher")


def test_a_second_refusal_by_whatever_unit_goes_to_the_arbiter_whose_ruling_holds(
    course: Course, world: "World"
):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    first = paths.holder_of(course, world)
    assert "guard.used" in refused(course, first, "contest", refusal_ground="not_our_remit")
    course.by(first, "refuse", refusal_ground="not_our_remit")
    course.by(world.cast.dispatcher, "route", **paths.CLASSED, unit=world.unit("360428:urban"))
    second = world.actor("360428:urban", "办理岗")
    assert "move.used_up" in refused(course, second, "refuse", refusal_ground="not_our_remit")
    course.by(second, "contest", refusal_ground="not_our_remit")
    assert row_of(course.id).owner_duty == "arbiter"
    course.by(world.cast.arbiter, "rule", unit=second.unit)
    assert row_of(course.id).owner_unit == second.unit
    for move in ("refuse", "contest"):
        assert "move.used_up" in refused(course, second, move, refusal_ground="not_our_remit")


def test_a_refused_matter_counts_once_for_the_unit_that_refused(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    first = paths.holder_of(course, world)
    course.by(first, "refuse", refusal_ground="not_our_remit")
    assert tallies.by("unit", "refused", ground=world.grid) == {first.unit: 1}


# --- 协办 --------------------------------------------------------------------------------------------


def test_a_child_is_seen_through_a_share_uncounted_and_without_a_code(course: Course, world: "World"):
    handler = paths.handled(world, course)
    before = tallies.total("in", ground="36")
    unit = world.unit("360428:power")
    (child,) = course.by(handler, "cooperate", units=[unit], task="请断电。").opened
    helper = world.actor("360428:power", "办理岗")
    assert queries.get(helper, child, now=course.now).procedure == "assist"
    assert queries.get(helper, course.id, now=course.now).number == course.receipt.number
    assert queries.get(handler, child, now=course.now).parent == (3604, course.id)
    with pytest.raises(MatterNotFoundError):
        queries.get(world.cast.neighbour_handler, child, now=course.now)
    assert tallies.total("in", ground="36") == before
    assert queries.people(helper, child) == [] and row_of(child).counted == []
    assert not any(one.public for one in queries.timeline(helper, child) if one.name == "moved")


def test_joint_work_is_asked_of_several_units_at_once_and_waits_for_all(course: Course, world: "World"):
    handler = paths.handled(world, course)
    units = [world.unit("360428:power"), world.unit("360428:urban")]
    children = course.by(handler, "cooperate", units=units, task="请到场。").opened
    assert [row_of(one).owner_unit for one in children] == units
    for child, key in zip(children, ("360428:power", "360428:urban"), strict=True):
        assert refused(course, handler, "answer", result="resolved", reply="好了。") == [
            "guard.children_closed"
        ]
        helper = world.actor(key, "办理岗")
        service.act(
            actor=helper,
            matter=child,
            move="answer",
            answers={"reply": "到了。"},
            key=fresh(),
            now=course.now,
        )
    assert course.by(handler, "answer", result="resolved", reply="好了。").status == "answered"


def test_the_lead_need_not_wait_if_it_says_why(course: Course, world: "World"):
    handler = paths.handled(world, course)
    course.by(handler, "cooperate", units=[world.unit("360428:power")], task="请到场。")
    done = course.by(handler, "answer", result="resolved", reply="好了。", why_not_wait="不需要断电了。")
    assert done.status == "answered"


def test_a_withdrawn_matter_withdraws_its_children(course: Course, world: "World"):
    handler = paths.handled(world, course)
    (child,) = course.by(handler, "cooperate", units=[world.unit("360428:power")], task="请到场。").opened
    course.by_reporter("withdraw", children="withdraw")
    assert (row_of(course.id).outcome, row_of(child).outcome) == ("withdrawn", "withdrawn")


# --- 合并与转办 ---------------------------------------------------------------------------------------


def test_a_merged_reporter_keeps_words_messages_and_files_and_sees_nothing_of_the_other(world: "World"):
    target = Course(told(world.grid, "甲说路灯不亮。"))
    service.send(
        actor=service.open_by_code(target.receipt.access_code or "")[0],
        matter=target.id, words="给甲的话。", key=fresh(), now=target.now,
    )  # fmt: skip
    other = Course(told(world.grid, "乙说路灯不亮。", files=(image(),)), target.now)
    actor, _ = service.open_by_code(other.receipt.access_code or "")
    service.send(actor=actor, matter=other.id, words="乙的话。", key=fresh(), now=other.now)
    other.by(world.cast.receiver, "merge", into=str(target.id), children="withdraw")
    seen = queries.track(other.receipt.access_code or "", now=other.now)
    assert (seen.number, seen.words) == (target.receipt.number, "乙说路灯不亮。")
    assert [one.words for one in seen.messages] == ["乙的话。"] and len(seen.attachments) == 1
    assert queries.attachment(
        service.open_by_code(other.receipt.access_code or "")[0], target.id, seen.attachments[0].id
    ).media == "image/jpeg"  # fmt: skip
    first = queries.track(target.receipt.access_code or "", now=other.now)
    assert first.words == "甲说路灯不亮。" and [one.words for one in first.messages] == ["给甲的话。"]
    assert first.attachments == ()
    said = queries.words(world.cast.receiver, target.id, now=other.now)
    assert [one.words for one in said] == ["甲说路灯不亮。", "乙说路灯不亮。"]
    original = queries.words(world.cast.receiver, other.id, now=other.now)
    assert [one.words for one in original] == ["乙说路灯不亮。"], "the original is kept"


def test_merging_twice_leads_every_code_to_the_last(world: "World"):
    courses = [Course(told(world.grid, f"第{n}次说路灯。")) for n in range(3)]
    courses[0].by(world.cast.receiver, "merge", into=str(courses[1].id), children="withdraw")
    courses[1].by(world.cast.receiver, "merge", into=courses[2].receipt.number, children="withdraw")
    for place, course in enumerate(courses):
        seen = queries.track(course.receipt.access_code or "", now=courses[1].now)
        assert (seen.number, seen.words) == (courses[2].receipt.number, f"第{place}次说路灯。")


def test_nothing_is_merged_into_a_closed_matter(world: "World"):
    closed, other = Course(told(world.grid)), Course(told(world.grid))
    closed.by(world.cast.receiver, "not_accept", decline_ground="repeated", reply="重复了。")
    with pytest.raises(LinkInvalidError):
        other.by(world.cast.receiver, "merge", into=str(closed.id), children="withdraw")
    assert row_of(other.id).ended_at is None


def test_a_transfer_renews_no_refusal_and_keeps_what_was_done_under_each_duty(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    first = paths.holder_of(course, world)
    course.by(first, "refuse", refusal_ground="not_our_remit")
    course.by(world.cast.dispatcher, "move_away", ground=world.foreign_township, children="carry")
    _actor, there = service.open_by_code(course.receipt.access_code or "")
    old, new = row_of(course.id).case, row_of(there).case
    assert new["uses"]["refuse"] == 1 and new["made"] == {
        duty: made for duty, made in old["made"].items() if duty != "dispatcher"
    }
    moved = Course(course.receipt, course.now)
    abroad = world.cast.foreign_dispatcher
    given = {**paths.CLASSED, "unit": world.cast.foreign_handler.unit}
    service.act(actor=abroad, matter=there, move="route", answers=given, key=fresh(), now=moved.now)
    with pytest.raises(MoveRefusedError) as error:
        service.act(
            actor=world.cast.foreign_handler, matter=there, move="refuse",
            answers={"refusal_ground": "not_our_remit"}, key=fresh(), now=moved.now,
        )  # fmt: skip
    assert "move.used_up" in codes_of(error.value.details)


def test_a_transfer_takes_along_what_the_clock_owed_before_it(course: Course, world: "World"):
    """Warnings that fell due here are not told again there."""
    course.now += timedelta(days=12)
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    _actor, there = service.open_by_code(course.receipt.access_code or "")
    old, new = row_of(course.id), row_of(there)
    with reading(CLOCK, ids=[old.id, new.id]):
        told_here = [one.name for one in ledger.steps(old.city, old.id)]
    assert "told" in told_here and new.supervision == old.supervision == "normal"
    version = new.version
    service.wake(now=course.now)
    assert row_of(there).version == version


def test_a_transfer_seals_words_messages_and_files_anew_under_the_new_matter(course: Course, world: "World"):
    actor, _ = service.open_by_code(course.receipt.access_code or "")
    service.attach(actor=actor, matter=course.id, data=image(), public=False, key=fresh(), now=course.now)
    service.send(actor=actor, matter=course.id, words="快一点。", key=fresh(), now=course.now)
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    actor, there = service.open_by_code(course.receipt.access_code or "")
    with reading(CLOCK, ids=[course.id, there]):
        assert list(Attachment.objects.values_list("matter_id", flat=True)) == [there]
        assert list(Message.objects.values_list("matter_id", flat=True)) == [there]
    files = queries.attachments(world.cast.foreign_receiver, there)
    assert queries.attachment(world.cast.foreign_receiver, there, files[0].id).data
    assert [one.words for one in queries.messages(world.cast.foreign_receiver, there, now=course.now)] == [
        "快一点。"
    ]


def test_nothing_readable_stays_where_a_matter_was_transferred_from(course: Course, world: "World"):
    actor, _ = service.open_by_code(course.receipt.access_code or "")
    service.attach(actor=actor, matter=course.id, data=image(), public=False, key=fresh(), now=course.now)
    service.send(actor=actor, matter=course.id, words="快一点。", key=fresh(), now=course.now)
    receiver = world.cast.receiver
    course.by(receiver, "move_away", ground=world.foreign_township, children="carry")
    assert queries.words(receiver, course.id, now=course.now) == []
    assert queries.messages(receiver, course.id, now=course.now) == []
    assert queries.attachments(receiver, course.id) == []
    assert queries.get(receiver, course.id, now=course.now).gist
    with reading(CLOCK, ids=[course.id]):
        assert set(Entry.objects.filter(matter_id=course.id).values_list("sealed", flat=True)) == {None}


def test_two_matters_of_different_cities_are_linked_under_both(world: "World"):
    here, there = told(world.grid), told(world.foreign_grid)
    leader = world.cast.province_leader
    service.link(
        actor=leader, matter=here.matter, other=there.matter, kind="related", key=fresh(), now=clock.now()
    )
    with reading(CLOCK, ids=[here.matter, there.matter]):
        assert {(one.city, one.other_city) for one in Link.objects.all()} == {(3604, 3610), (3610, 3604)}
    (seen,) = queries.links(world.cast.receiver, here.matter)
    assert (seen.number, seen.gist) == (there.number, ""), "the gist of what is out of sight is not shown"


def test_who_sees_only_one_of_two_matters_cannot_link_them(world: "World"):
    here, there = told(world.grid), told(world.foreign_grid)
    with pytest.raises(MatterNotFoundError):
        service.link(
            actor=world.cast.receiver, matter=here.matter, other=there.matter, kind="duplicate",
            key=fresh(), now=clock.now(),
        )  # fmt: skip


# --- 暂停与延期 ---------------------------------------------------------------------------------------


def test_a_pause_is_granted_by_another_duty_and_stops_both_clocks(course: Course, world: "World"):
    handler = paths.handled(world, course)
    before = {of: one.due_at for of, one in clocks(course, handler).items()}
    course.by(handler, "ask_pause", reason="等零件。")
    assert "move.not_yours" in refused(course, handler, "grant_pause")
    course.by(world.cast.supervisor, "grant_pause")
    assert all(one.paused for one in clocks(course, handler).values())
    course.now += timedelta(days=3)
    course.by(handler, "resume")
    after = {of: one.due_at for of, one in clocks(course, handler).items()}
    assert after["state"] > before["state"] and after["total"] > before["total"]


def test_an_extension_lengthens_its_own_clock_once_and_is_never_granted_by_its_asker(
    course: Course, world: "World"
):
    handler = paths.handled(world, course)
    before = clocks(course, handler)
    course.by(handler, "ask_extension", reason="等零件。")
    assert "move.not_yours" in refused(course, handler, "grant_extension")
    course.by(world.cast.county_leader, "grant_extension")
    after = clocks(course, handler)
    assert after["state"].due_at > before["state"].due_at
    assert after["state"].unextended_at == before["state"].due_at
    assert after["total"].due_at == before["total"].due_at
    assert "extend.used_up" in refused(course, handler, "ask_extension", reason="再等。")


def test_an_extension_is_asked_before_the_deadline(course: Course, world: "World"):
    handler = paths.handled(world, course)
    course.now = row_of(course.id).due_at + timedelta(minutes=5)
    assert "extend.too_late" in refused(course, handler, "ask_extension", reason="晚了。")


def test_a_question_that_nobody_answers_ends_by_itself(course: Course, world: "World"):
    handler = paths.handled(world, course)
    course.by(handler, "ask_reporter", question="哪一盏？")
    assert row_of(course.id).owner_duty == "reporter"
    course.now += timedelta(days=20)
    service.wake(now=course.now)
    assert row_of(course.id).owner_duty == "handler"


# --- 反馈核验 -----------------------------------------------------------------------------------------


def test_a_verifier_never_was_the_handler_by_account_or_by_post(course: Course, world: "World"):
    made = report(world.grid, channel="phone", on_behalf=True)
    course = Course(service.intake(actor=world.cast.receiver, report=made, key=fresh(), now=clock.now()))
    handler = paths.handled(world, course)
    course.by(handler, "answer_to_staff", result="resolved", reply="好了。")
    from dataclasses import replace

    same = replace(world.cast.verifier, account=handler.account)
    assert "guard.other_than" in refused(course, same, "verify")
    assert course.by(world.cast.verifier, "verify").status == "closed"
    assert row_of(course.id).outcome == "checked_by_staff"


def test_silence_goes_to_a_verifier_and_stays_out_of_the_rated(course: Course, world: "World"):
    paths.answered(world, course)
    course.now += timedelta(days=30)
    service.wake(now=course.now)
    course.by(world.cast.verifier, "verify")
    assert tallies.totals(["end.checked_by_staff", "rated"], ground=world.grid) == {
        "end.checked_by_staff": 1,
        "rated": 0,
    }


def test_a_dispute_is_decided_by_a_supervisor_reopened_or_upheld(world: "World"):
    for move, answers, status in (
        ("redo", {"redo_ground": "not_done"}, "handling"),
        ("uphold", {"reply": "已经修好，有照片。"}, "closed"),
    ):
        course = Course(told(world.grid))
        paths.answered(world, course)
        course.by_reporter("object", objection="没修好。")
        assert course.by(world.cast.supervisor, move, **answers).status == status
    assert row_of(course.id).outcome == "upheld"


def test_a_closed_matter_is_reopened_within_its_days_and_once(course: Course, world: "World"):
    paths.answered(world, course)
    course.by_reporter("confirm", rating=5)
    course.by(world.cast.supervisor, "reopen", redo_ground="came_back")
    row = row_of(course.id)
    assert (row.state, row.ended_at, row.outcome) == ("triaged", None, "")
    assert tallies.totals(["in", "closed", "out", "reopened"], ground=world.grid) == {
        "in": 1, "closed": 1, "out": 1, "reopened": 1,
    }  # fmt: skip
    course.by(world.cast.dispatcher, "not_accept", decline_ground="no_substance", reply="没有再坏。")
    assert "move.used_up" in refused(course, world.cast.supervisor, "reopen", redo_ground="came_back")


def test_a_reporter_asks_for_reopening_only_within_ten_working_days(course: Course, world: "World"):
    paths.answered(world, course)
    course.by_reporter("confirm")
    course.now += timedelta(days=60)
    actor, _ = service.open_by_code(course.receipt.access_code or "")
    assert "move.too_late" in refused(course, actor, "ask_reopen", objection="又坏了。")


def test_the_clock_raises_supervision_step_by_step_when_nobody_acts(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **paths.CLASSED)
    course.now += timedelta(days=40)
    service.wake(now=course.now)
    assert row_of(course.id).supervision in ("yellow", "red")
    assert tallies.total("supervised.normal", ground=world.grid) == 1


def test_a_withdrawal_is_the_reporters_alone(course: Course, world: "World"):
    assert "move.not_yours" in refused(course, world.cast.receiver, "withdraw")
    assert course.by_reporter("withdraw").status == "withdrawn"


# --- keys, codes --------------------------------------------------------------------------------------


def test_the_same_key_with_another_move_is_refused_and_changes_nothing(course: Course, world: "World"):
    given = {"actor": world.cast.receiver, "matter": course.id, "key": "k", "now": course.now}
    first = service.act(move="pass_on", answers={}, **given)
    assert service.act(move="pass_on", answers={}, **given) == first
    with pytest.raises(KeyReusedError):
        service.act(move="pass_on", answers={"note": "再说。"}, **given)
    with pytest.raises(KeyReusedError):
        service.send(words="?", **given)
    assert row_of(course.id).version == first.version


def test_two_people_of_one_matter_see_their_own_messages_only(world: "World"):
    one, other = Course(told(world.grid)), Course(told(world.grid))
    other.by(world.cast.receiver, "merge", into=str(one.id), children="withdraw")
    for person, words in ((0, "给甲。"), (1, "给乙。")):
        service.send(
            actor=world.cast.receiver, matter=one.id, words=words, party=person, key=fresh(), now=other.now
        )
    seen = [queries.track(each.receipt.access_code or "", now=other.now).messages for each in (one, other)]
    assert [[message.words for message in messages] for messages in seen] == [["给甲。"], ["给乙。"]]


def test_a_wrong_code_leads_nowhere_alike_whatever_is_wrong_with_it(course: Course):
    code = course.receipt.access_code or ""
    # Two neighbours that differ: of two equal ones the swapped code is the right one.
    at = next(at for at in range(3, 7) if code[at] != code[at + 1])
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    for wrong in ("", "x", "00-0000-0000-0000", swapped, course.receipt.number):
        with pytest.raises(CodeNotFoundError):
            service.open_by_code(wrong)


def test_numbers_and_codes_are_unlike_and_lie_in_no_row(course: Course, world: "World"):
    code = (course.receipt.access_code or "").replace("-", "")
    assert course.receipt.number not in code
    with reading(CLOCK, ids=[course.id]):
        rows = repr([list(model.objects.values()) for model in (Matter, Message, Link)])
    assert code not in rows
