"""Ways of what a village talks over: by a talk, its group, its representatives, its assembly."""

from typing import TYPE_CHECKING, Any

from tests.matters.ways.driving import Driven
from tests.matters.ways.services import past

if TYPE_CHECKING:
    from tests.world import World

KLASS, PEACE = "deliberation", "peacemaking"
PASSED: dict[str, Any] = {"expected": 30, "present": 24, "in_favour": 20}


def raised(world: "World", subject: str = "public_works") -> Driven:
    course = Driven.told(world, KLASS)
    course.make("accept", subject=subject)
    return course


def by_representatives(world: "World") -> None:
    course = raised(world)
    course.make("hold_representatives", **PASSED)
    course.go("publicise").later(days=10).go("hand_out", "finish", "rate")


def by_the_assembly(world: "World") -> None:
    course = Driven.told(world, KLASS).go("accept_covenant", "call_assembly").later(days=13)
    course.make("pass_by_adults", **PASSED)
    course.go("send_covenant", "order_correction", "call_assembly").later(days=13)
    course.make("pass_by_households", **PASSED)
    course.go("send_covenant", "file")


def by_a_talk(world: "World") -> None:
    course = raised(world).go("talk_over", "publicise").later(days=10).go("finish").later(days=20)
    course.go("verify")
    raised(world).make("hold_group", **PASSED)


def peacemakers(world: "World") -> None:
    """Posts are named, small quarrels handed to them."""
    course = raised(world, "peacemakers").go("ask_peacemaker")
    course.make("hold_representatives", **PASSED)
    course.go("publicise").later(days=10)
    post = world.cast.mediator.post
    course.make("name_posts", named=[{"post": post, "until": "2030-01-01"}])


def not_decided(world: "World") -> None:
    refused = {**PASSED, "in_favour": 12}
    raised(world).make("group_refuses", **refused)
    raised(world).make("representatives_refuse", **refused)
    course = raised(world)
    course.make("too_few_came", expected=30, present=19)
    course.go("call_assembly").later(days=13).make("too_few_adults", expected=30, present=15)
    course.go("call_assembly").later(days=13).make("too_few_households", expected=30, present=19)
    course.go("call_assembly").later(days=13).make("assembly_refuses", **refused)
    raised(world).go("give_up")
    Driven.told(world, KLASS).go("explain")
    Driven.told(world, KLASS).go("not_accept")
    Driven.told(world, KLASS).go("withdraw")
    past(world, KLASS)


WAYS = (by_representatives, by_the_assembly, by_a_talk, peacemakers, not_decided)


def talked_over(world: "World") -> None:
    course = Driven.told(world, PEACE).go("accept", "hand_back", "accept", "take_up", "warn", "settle")
    course.go("not_so")
    course.make("pass_on", dispute_class="dispute.neighbour")
    Driven.told(world, PEACE).go("accept", "take_up", "settle", "confirm")


def not_talked_over(world: "World") -> None:
    Driven.told(world, PEACE).go("accept", "take_up", "not_settle", "end")
    Driven.told(world, PEACE).go("accept", "end_unwilling")
    Driven.told(world, PEACE).go("not_accept")
    Driven.told(world, PEACE).go("accept", "take_up").later(days=40)
    past(world, PEACE)


def nobody_says(world: "World") -> None:
    Driven.told(world, PEACE).go("accept", "take_up", "settle").later(days=20).go("verify")
    late = Driven.told(world, PEACE).later(days=30)
    late.go("cancel_supervision", "supervise", "withdraw")


PEACEMAKING = (talked_over, not_talked_over, nobody_says)
