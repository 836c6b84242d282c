"""Ways of what residents ask a centre for beside a request: a facility mended, advice on the law."""

from typing import TYPE_CHECKING

from tests.matters.bringing import added, arriving, brought, days_ago
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

REPAIR, ADVICE, DEED = "facility.bridge", "question.legal", "samaritan"


def past(world: "World", klass: str) -> None:
    """One of another system's, put on record."""
    row = arriving(world.county, opened_at=days_ago(90), ended_at=days_ago(80), class_code=klass)
    assert added(brought(row)) == [True]


# --- facility_repair ----------------------------------------------------------------------------------


def repair(world: "World") -> Driven:
    return Driven.told(world, REPAIR)


def mended(world: "World") -> None:
    course = repair(world).go("accept", "refuse", "accept", "make_safe", "order", "progress")
    course.make("ask_extension", reason="示例：配件没到。")
    course.go("grant_extension", "finish", "mend_again", "finish", "pass", "confirm")


def not_mended(world: "World") -> None:
    course = repair(world).go("accept", "order", "finish", "pass", "object", "redo", "finish", "pass")
    course.later(days=9).go("ask_reopen", "uphold")


def mended_late(world: "World") -> None:
    repair(world).later(days=12).go("accept", "cancel_supervision", "supervise", "hand_over")


def not_repaired(world: "World") -> None:
    repair(world).go("not_accept")
    repair(world).go("withdraw")
    repair(world).make("merge", into=str(repair(world).id))
    past(world, REPAIR)


# --- legal_aid ----------------------------------------------------------------------------------------


def advice(world: "World") -> Driven:
    return Driven.told(world, ADVICE)


def advised(world: "World") -> None:
    course = advice(world).go("accept", "assign", "declare_conflict", "assign", "take_on", "ask_reporter")
    course.go("supplement", "answer", "confirm")


def asked_again(world: "World") -> None:
    course = advice(world).go("accept", "assign", "take_on", "answer", "ask_again", "ask_reporter")
    course.later(days=20).go("answer").later(days=20)
    course.go("send_back", "assign", "take_on", "answer").later(days=20).go("verify")


def advised_late(world: "World") -> None:
    advice(world).later(days=12).go("cancel_supervision", "supervise", "withdraw")


def not_advised(world: "World") -> None:
    advice(world).go("not_accept")
    past(world, ADVICE)


# --- good_samaritan -----------------------------------------------------------------------------------


def verified(world: "World", consent: str = "named") -> Driven:
    course = Driven.told(world, DEED).go("accept")
    course.make("ask_extension", reason="示例：证人在外地。")
    course.go("grant_extension").make("verify", consent=consent)
    return course


def confirmed(world: "World") -> None:
    verified(world).go("publicise").later(days=9).go("confirm_deed", "pay")
    verified(world, "secret").go("keep_secret", "confirm_deed")


def reviewed(world: "World") -> None:
    course = verified(world).go("publicise", "object", "recheck", "refuse", "appeal", "overrule", "refuse")
    course.later(days=40)
    verified(world).go("refuse", "appeal", "uphold")


def no_deed(world: "World") -> None:
    Driven.told(world, DEED).go("not_accept")
    Driven.told(world, DEED).go("withdraw")
    past(world, DEED)


REPAIRS = (mended, not_mended, mended_late, not_repaired)
ADVICES = (advised, asked_again, advised_late, not_advised)
DEEDS = (confirmed, reviewed, no_deed)
