"""Ways of a call for volunteers, and of the certificate that one of them asks for."""

from typing import TYPE_CHECKING

from tests.matters.ways.driving import Driven
from tests.matters.ways.services import past

if TYPE_CHECKING:
    from tests.world import World

CALL, PROOF = "volunteer.call", "volunteer.proof"


def accepted(world: "World") -> Driven:
    return Driven.told(world, CALL).go("accept")


def served(world: "World") -> None:
    course = accepted(world).go("call_insured", "count_sign_ups").later(days=9)
    course.go("call_again", "call", "start", "finish", "confirm")


def objected(world: "World") -> None:
    course = accepted(world).go("call", "start", "finish", "object", "send_back", "finish").later(days=8)
    course.go("verify")


def not_served(world: "World") -> None:
    accepted(world).later(days=12).go("cancel_supervision", "supervise", "call_off")
    Driven.told(world, CALL).go("not_accept")
    Driven.told(world, CALL).go("withdraw")
    past(world, CALL)


def certified(world: "World") -> None:
    Driven.told(world, PROOF).go("accept", "certify", "object", "mend")
    Driven.told(world, PROOF).go("accept", "refuse", "object", "uphold")
    Driven.told(world, PROOF).go("not_accept")
    Driven.told(world, PROOF).go("withdraw")
    past(world, PROOF)


WAYS = (served, objected, not_served, certified)
