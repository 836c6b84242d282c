"""Ways of what a centre does together with others: on the lake, with the court, in a special campaign."""

from typing import TYPE_CHECKING

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven
from tests.matters.ways.services import past

if TYPE_CHECKING:
    from tests.world import World

LAKE = "patrol"


def sent(course: Driven, kind: str) -> Driven:
    """A crew is sent and there."""
    course.make("send", kind=kind)
    return course.go("water_changes", "arrive")


def rescued(world: "World") -> None:
    course = Driven.told(world, LAKE)
    course.make("take_up", kind="rescue")
    course.go("call_help")
    course.make("settle", result="rescued", saved=2)
    course.go("confirm")


def handed_over(world: "World") -> None:
    course = sent(Driven.told(world, LAKE), "fishing").go("hand_over", "come_back", "hand_over", "record_receipt", "progress")
    course.go("return_answer", "object", "send_back", "settle").later(days=9).go("verify")


def unreached(world: "World") -> None:
    course = sent(begun(world, LAKE), "birds").go("settle_unreached", "send_back", "hand_over")
    course.go("record_receipt", "return_answer_unreached", "verify")


def not_answered(world: "World") -> None:
    course = sent(Driven.told(world, LAKE), "sand").go("hand_over").later(days=30)
    course.go("cancel_supervision", "supervise", "no_answer")


def otherwise(world: "World") -> None:
    sent(Driven.told(world, LAKE), "dispute").make("pass_on_dispute", dispute_class="dispute.neighbour")
    Driven.told(world, LAKE).go("not_accept")
    course = Driven.told(world, LAKE)
    course.make("merge", into=str(course.id))
    past(world, LAKE)


INCIDENTS = (rescued, handed_over, unreached, not_answered, otherwise)
