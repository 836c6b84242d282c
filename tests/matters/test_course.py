"""One matter from intake to a verified close, and the ways around."""

from typing import TYPE_CHECKING

import pytest

from gantang.kit import clock
from gantang.matters import queries, service
from gantang.matters.errors import MatterNotFoundError, MoveRefusedError
from gantang.matters.types import Contact
from gantang.posts import queries as posts
from tests.matters.acting import CLASS, Course, codes_of, fresh, report, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(world: "World") -> Course:
    return Course(told(world.grid))


def holder_of(course: Course, world: "World", duty: str = "handler"):
    """The actor of the post that holds the work."""
    row = course.seen_by(world.cast.county_leader)
    held = next(one for one in row.holdings if one.duty == duty)
    resolver = posts.resolver(world.on)
    serving = resolver.serving(unit=held.unit, post=held.post, duty=duty)[0]
    return posts.actor_of(account=serving.account, post=serving.post, on=world.on)


def handled(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    handler = holder_of(course, world)
    course.by(handler, "take_on")
    return handler


def test_a_matter_goes_from_the_lane_to_a_verified_close(course: Course, world: "World"):
    handler = handled(course, world)
    course.by(handler, "answer", result="resolved", reply="灯修好了。")
    assert course.by_reporter("confirm", rating=5).status == "closed"
    tracked = queries.track(course.receipt.access_code or "", now=course.now)
    assert tracked.outcome == "resolved"
    assert [one.words for one in tracked.messages] == ["灯修好了。"]


def test_the_unit_of_the_remit_holds_what_was_accepted(course: Course, world: "World"):
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    row = course.seen_by(world.cast.receiver)
    answering = posts.answering(klass=CLASS, ground=world.grid, duty="handler", on=world.on)
    assert answering is not None and row.owner_unit == answering.unit


def test_a_first_refusal_goes_back_to_the_dispatcher_and_a_second_to_the_arbiter(
    course: Course, world: "World"
):
    course.by(world.cast.receiver, "accept", **{"class": CLASS, "track": "ordinary"})
    first = holder_of(course, world)
    assert course.by(first, "refuse", refusal_ground="not_our_remit").state == "triaged"
    course.by(world.cast.dispatcher, "route", **{"class": CLASS, "track": "ordinary"})
    assert course.by(first, "contest", refusal_ground="not_our_remit").state == "contested"
    ruled = course.by(world.cast.arbiter, "rule", unit=first.unit)
    assert ruled.state == "handling"
    with pytest.raises(MoveRefusedError):
        course.by(first, "refuse", refusal_ground="not_our_remit")


def test_a_handler_never_verifies_own_work(world: "World"):
    course = Course(told(world.grid))
    handler = handled(course, world)
    course.by(handler, "answer", result="explained", reply="说明过了。")
    with pytest.raises(MoveRefusedError) as refusal:
        course.by(handler, "verify")
    assert "move.not_yours" in codes_of(refusal.value.details)


def test_neighbours_and_other_counties_see_nothing(course: Course, world: "World"):
    for name in ("neighbour", "foreigner", "foreign_receiver", "admin"):
        with pytest.raises(MatterNotFoundError):
            course.seen_by(getattr(world.cast, name))
        with pytest.raises(MatterNotFoundError):
            course.by(getattr(world.cast, name), "withdraw")


def test_a_question_stops_the_clock_until_the_reporter_answers(course: Course, world: "World"):
    handler = handled(course, world)
    assert course.by(handler, "ask_reporter", question="是哪一盏灯？").status == "asking"
    tracked = queries.track(course.receipt.access_code or "", now=course.now)
    assert tracked.messages[-1].words == "是哪一盏灯？"
    assert all(one.paused for one in tracked.clocks)
    assert course.by_reporter("supplement", supplement="桥头那一盏。").status == "handling"
    said = queries.messages(handler, course.id, now=course.now)
    assert [one.words for one in said] == ["是哪一盏灯？", "桥头那一盏。"]


def test_joint_handling_opens_a_child_that_the_unit_answers(course: Course, world: "World"):
    handler = handled(course, world)
    helper = world.unit("360428:housing")
    acted = course.by(handler, "cooperate", units=[helper], task="请帮忙断电半小时。")
    assert len(acted.opened) == 1
    with pytest.raises(MoveRefusedError) as refusal:
        course.by(handler, "answer", result="resolved", reply="修好了。")
    assert codes_of(refusal.value.details) == ["guard.children_closed"]
    child = Course(course.receipt, course.now)
    service.act(
        actor=world.cast.department_handler,
        matter=acted.opened[0],
        move="answer",
        answers={"reply": "断过电了。"},
        key=fresh(),
        now=child.now,
    )
    assert course.by(handler, "answer", result="resolved", reply="修好了。").status == "answered"


def test_without_a_code_a_verifier_checks(world: "World"):
    made = report(
        world.grid, channel="phone", on_behalf=True, reporter=Contact(name="示例人", phone="13900000000")
    )
    receipt = service.intake(actor=world.cast.receiver, report=made, key=fresh(), now=clock.now())
    assert receipt.access_code is None
    course = Course(receipt)
    handler = handled(course, world)
    course.by(handler, "answer_to_staff", result="resolved", reply="修好了。")
    assert course.by(world.cast.verifier, "verify").status == "closed"
