"""Ways of a request, and of what stands beside its moves."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gantang.matters import service
from gantang.matters.types import Contact
from tests.matters.acting import CLASS, Course, fresh, image, report
from tests.matters.bringing import added, arriving, brought, days_ago
from tests.matters.paths import CLASSED, answered, begun, begun_with_mail, handled, holder_of, on_child

if TYPE_CHECKING:
    from tests.world import World


def confirmed_and_reopened(world: "World") -> None:
    course = begun(world)
    answered(world, course)
    course.by_reporter("confirm", rating=4)
    course.by(world.cast.supervisor, "reopen", redo_ground="came_back")
    course.by(world.cast.dispatcher, "route", **CLASSED)


def disputed_twice(world: "World") -> None:
    course = begun(world, reporter=Contact(name="示例甲", email="a@example.org"))
    handler = answered(world, course)
    course.by_reporter("object", objection="没有修好。")
    course.by(world.cast.supervisor, "redo", redo_ground="not_done")
    course.by(holder_of(course, world), "answer", result="explained", reply="等零件。")
    course.by_reporter("object", objection="还是没有。")
    course.by(world.cast.supervisor, "uphold", reply="零件下周到。")
    course.by_reporter("ask_reopen", objection="下周没有到。")
    assert handler.unit is not None


def silent(world: "World") -> None:
    course = begun(world)
    answered(world, course)
    course.now += timedelta(days=30)
    assert service.wake(now=course.now) >= 1
    course.by(world.cast.verifier, "send_back", redo_ground="poorly_done")
    course.by(holder_of(course, world), "answer", result="resolved", reply="又修了。")
    course.now += timedelta(days=30)
    service.wake(now=course.now)
    course.by(world.cast.verifier, "verify")


def refused_twice(world: "World") -> None:
    course = begun(world)
    course.by(world.cast.receiver, "pass_on", note="不清楚归谁。")
    course.by(world.cast.dispatcher, "route", **CLASSED)
    first = holder_of(course, world)
    course.by(first, "refuse", refusal_ground="not_our_remit", note="不是我们管。")
    course.by(world.cast.dispatcher, "route", **CLASSED, unit=world.unit("360428:urban"))
    course.by(world.actor("360428:urban", "办理岗"), "contest", refusal_ground="several_units")
    course.by(world.cast.arbiter, "rule", unit=first.unit)


def asked_paused_and_extended(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    course.by(handler, "ask_reporter", question="哪一盏？")
    course.by_reporter("supplement", supplement="桥头那盏。")
    course.by(handler, "ask_pause", reason="等零件。")
    course.by(world.cast.supervisor, "grant_pause")
    course.by(handler, "resume")
    course.by(handler, "ask_extension", reason="零件没到。")
    course.by(world.cast.county_leader, "decline", reason="先修别的。")
    course.by(handler, "ask_extension", reason="真的没到。")
    course.by(world.cast.county_leader, "grant_extension")
    course.by(handler, "progress", note="零件到了。")


def merged(world: "World") -> None:
    target = begun(world)
    other = begun(world, reporter=Contact(name="示例乙", phone="13912345678"), anonymous=False)
    actor, _ = service.open_by_code(other.receipt.access_code or "")
    service.attach(actor=actor, matter=other.id, data=image(), public=False, key=fresh(), now=other.now)
    service.send(actor=actor, matter=other.id, words="还没修。", key=fresh(), now=other.now)
    other.by(world.cast.receiver, "merge", into=str(target.id), children="withdraw")
    answered(world, target)
    other.now = target.now
    service.reissue_code(
        actor=world.cast.receiver, matter=begun_with_mail(world).id, person=0, key=fresh(), now=other.now
    )


def transferred(world: "World") -> None:
    course = begun(world, reporter=Contact(name="示例丙", email="d@example.org"), anonymous=False)
    actor, matter = service.open_by_code(course.receipt.access_code or "")
    service.attach(actor=actor, matter=matter, data=image(), public=False, key=fresh(), now=course.now)
    service.send(actor=world.cast.receiver, matter=matter, words="转给邻市。", key=fresh(), now=course.now)
    course.now += timedelta(days=9)  # the clock owes warnings by now
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    _actor, there = service.open_by_code(course.receipt.access_code or "")
    answers = {**CLASSED, "unit": world.cast.foreign_handler.unit}
    on_child(world.cast.foreign_receiver, there, "accept", course, **answers)


def on_behalf(world: "World") -> None:
    made = report(world.grid, channel="phone", on_behalf=True, reporter=Contact(name="示例丁"))
    course = Course(service.intake(actor=world.cast.receiver, report=made, key=fresh(), now=begun(world).now))
    handler = handled(world, course)
    course.by(handler, "answer_to_staff", result="explained", reply="说明过了。")
    course.by(world.cast.verifier, "verify", note="电话问过。")


def not_accepted(world: "World") -> None:
    course = begun(world)
    course.by(world.cast.receiver, "not_accept", decline_ground="before_court", reply="法院已受理。")


def supervised(world: "World") -> None:
    course = begun(world)
    course.by(world.cast.supervisor, "supervise", level="yellow")
    course.by(world.cast.supervisor, "cancel_supervision", cancel_ground="entered_by_mistake")


def mended(world: "World") -> None:
    course, other = begun(world), begun(world)
    receiver, now = world.cast.receiver, course.now
    service.classify(actor=receiver, matter=course.id, class_code=CLASS, key=fresh(), now=now)
    service.give_cause(actor=receiver, matter=course.id, cause="asset.wear", key=fresh(), now=now)
    service.place(actor=receiver, matter=course.id, ground=world.next_grid, key=fresh(), now=now)
    service.mend_gist(actor=receiver, matter=course.id, gist="一处路灯不亮", key=fresh(), now=now)
    for change in (service.link, service.unlink):
        change(actor=receiver, matter=course.id, other=other.id, kind="related", key=fresh(), now=now)
    service.attach(actor=receiver, matter=course.id, data=image(), public=True, key=fresh(), now=now)


def issued_and_corrected(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    course.by(handler, "give_notice")
    course.by(handler, "answer", result="resolved", reply="修好了。")
    service.correct(
        actor=handler,
        matter=course.id,
        kind="reply",
        answers={"reply": "三盏都修好了。"},
        reason="漏写了盏数",
        key=fresh(),
        now=course.now,
    )


def imported(world: "World") -> None:
    past = arriving(world.grid, opened_at=days_ago(90), ended_at=days_ago(80), class_code=CLASS)
    going_on = arriving(world.grid, opened_at=days_ago(9), reporter=Contact(name="示例戊"))
    assert added(brought(past, going_on)) == [True, True]


WAYS = (
    confirmed_and_reopened,
    disputed_twice,
    silent,
    refused_twice,
    asked_paused_and_extended,
    merged,
    transferred,
    on_behalf,
    not_accepted,
    supervised,
    mended,
    issued_and_corrected,
    imported,
)
