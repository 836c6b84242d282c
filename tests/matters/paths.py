"""Every way that the shipped packs and what stands beside them know, walked once by the services on real rows."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import service
from gantang.matters.service.wake import CLOCK
from gantang.matters.types import Contact
from gantang.posts import queries as posts
from tests.matters.acting import CLASS, Course, fresh, image, report, told
from tests.matters.bringing import added, arriving, brought, days_ago

if TYPE_CHECKING:
    from tests.world import World

CLASSED = {"class": CLASS, "track": "ordinary"}


def holder_of(course: Course, world: "World", duty: str = "handler") -> Actor:
    """The actor of the post that holds the work."""
    row = course.seen_by(world.cast.province_leader)
    held = next(one for one in row.holdings if one.duty == duty)
    serving = posts.resolver(world.on).serving(unit=held.unit, post=held.post, duty=duty)[0]
    return posts.actor_of(account=serving.account, post=serving.post, on=world.on)


def begun(world: "World", **given: Any) -> Course:
    return Course(told(given.pop("ground", world.grid), **given))


def handled(world: "World", course: Course) -> Actor:
    """Accepted and taken on; whoever handles it."""
    course.by(world.cast.receiver, "accept", **CLASSED)
    handler = holder_of(course, world)
    course.by(handler, "take_on")
    return handler


def answered(world: "World", course: Course) -> Actor:
    handler = handled(world, course)
    course.by(handler, "answer", result="resolved", reply="修好了。")
    return handler


# --- the ways -----------------------------------------------------------------------------------------


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


def jointly(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    units = [world.unit("360428:housing"), world.unit("360428:power")]
    first, second = course.by(handler, "cooperate", units=units, task="请断电。").opened
    _child(world.cast.department_handler, first, "answer", course, reply="断了。")
    course.by(handler, "answer", result="resolved", reply="修好了。", why_not_wait="不等了。")
    assert second != first


def helped_too_late(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    course.by(handler, "cooperate", units=[world.unit("360428:housing")], task="请断电。")
    course.now += timedelta(days=10)
    service.wake(now=course.now)
    course.by(holder_of(course, world), "cooperate", units=[world.unit("360428:power")], task="请断电。")
    course.by_reporter("withdraw", children="withdraw")


def _child(actor: Actor, child: UUID, move: str, course: Course, **answers: Any) -> None:
    service.act(actor=actor, matter=child, move=move, answers=answers, key=fresh(), now=course.now)


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


def begun_with_mail(world: "World") -> Course:
    return begun(world, reporter=Contact(email="c@example.org"), anonymous=False)


def transferred(world: "World") -> None:
    course = begun(world, reporter=Contact(name="示例丙", email="d@example.org"), anonymous=False)
    actor, matter = service.open_by_code(course.receipt.access_code or "")
    service.attach(actor=actor, matter=matter, data=image(), public=False, key=fresh(), now=course.now)
    service.send(actor=world.cast.receiver, matter=matter, words="转给邻市。", key=fresh(), now=course.now)
    course.now += timedelta(days=9)  # the clock owes warnings by now
    course.by(world.cast.receiver, "move_away", ground=world.foreign_township, children="carry")
    _actor, there = service.open_by_code(course.receipt.access_code or "")
    answers = {**CLASSED, "unit": world.cast.foreign_handler.unit}
    _child(world.cast.foreign_receiver, there, "accept", course, **answers)


def transferred_with_a_child(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    course.by(handler, "cooperate", units=[world.unit("360428:housing")], task="请断电。")
    course.by(world.cast.dispatcher, "move_away", ground=world.foreign_township, children="carry")


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


WAYS: tuple[Callable[["World"], None], ...] = (
    confirmed_and_reopened,
    disputed_twice,
    silent,
    refused_twice,
    asked_paused_and_extended,
    jointly,
    helped_too_late,
    merged,
    transferred,
    transferred_with_a_child,
    on_behalf,
    not_accepted,
    supervised,
    mended,
    issued_and_corrected,
    imported,
)


def steps_taken() -> Iterator[tuple[str, str, str]]:
    """(procedure, step, move) of everything that the ledger holds of matters."""
    for city in ledger.counts("matter"):
        with reading(CLOCK):
            streams = ledger.streams("matter", city, most=10_000)
        with reading(CLOCK, ids=streams):
            for story in ledger.stories(city, streams).values():
                first = next(one for one in story.steps if one.name in ("opened", "taken_over"))
                name = first.data.get("procedure") or first.data["case"]["procedure"]
                yield from ((name, step.name, step.data.get("move", "")) for step in story.steps)
