"""Ways of a decision, of its assessment, and of the risk that is watched once it was adopted."""

from typing import TYPE_CHECKING

from gantang.kit import clock
from gantang.matters import service
from tests.matters.acting import fresh, report
from tests.matters.bringing import added, arriving, brought, days_ago
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World


def begun(world: "World", klass: str) -> Driven:
    """Taken in on behalf of the unit that decides."""
    now = clock.now()
    made = report(
        world.county, "示例：拟新建一条路。", class_code=klass, on_behalf=True, channel="department"
    )
    got = service.intake(actor=world.cast.county_receiver, report=made, key=fresh(), now=now)
    return Driven(world, got.matter, now)


def decision(world: "World") -> Driven:
    return begun(world, "decision").go("accept")


def assessed(course: Driven, move: str, level: str) -> None:
    """The assessment that a move opens, by its shortest course to a level."""
    gate = course.child(course.make(move)).go("simplify", "report_simplified", "pass_review")
    if level == "medium_controlled":
        gate.go("mitigate", "measures_done")
        gate.make("conclude_again", residual=level)
        gate.go("file_again")
    else:
        gate.make("conclude", level=level)
        gate.go("file")
    course.now = gate.now


# --- decisions ----------------------------------------------------------------------------------------


def adopted(world: "World") -> None:
    course = decision(world)
    course.make("ask_extension", reason="示例：还要论证。")
    course.go("grant_extension")
    assessed(course, "assess", "low")
    course.go("discuss", "adopt")


def redrafted(world: "World") -> None:
    course = decision(world)
    assessed(course, "assess", "high")
    course.go("redraft")
    assessed(course, "assess_again", "medium_controlled")
    course.go("discuss", "send_back", "rely", "reject", "reopen", "take_back")


def exempt(world: "World") -> None:
    course = decision(world)
    course.go("claim_exemption", "refuse_exemption", "claim_exemption", "sign_exemption", "adopt_exempt")


def in_an_emergency(world: "World") -> None:
    begun(world, "decision").go("declare_emergency", "adopt_emergency")


def not_decided(world: "World") -> None:
    begun(world, "decision").later(days=9).go("not_accept")
    past = arriving(world.county, opened_at=days_ago(90), ended_at=days_ago(80), class_code="decision")
    assert added(brought(past)) == [True]


# --- assessments --------------------------------------------------------------------------------------


def ordinary_then_again(world: "World") -> None:
    gate = begun(world, "decision.assessment").go("publish").later(days=40)
    gate.go("hear_experts", "report", "send_back", "report", "pass_review", "conclude", "file", "reassess")
    gate.go("simplify")
    gate.make("ask_extension", reason="示例：还要走访。")
    gate.go("grant_extension", "report_simplified", "pass_review", "mitigate")
    gate.later(days=60).go("measures_done")
    gate.make("conclude_again", residual="medium")
    gate.go("file_again")


def shortened(world: "World") -> None:
    begun(world, "decision.assessment").go("publish", "shorten", "withdraw")


# --- tracking -----------------------------------------------------------------------------------------


def tracked(world: "World", *moves: str) -> Driven:
    course = decision(world)
    assessed(course, "assess", "low")
    course.go("discuss")
    return course.child(course.make("adopt"))


def tracked_to_the_end(world: "World") -> None:
    watch = tracked(world).later(days=29).go("look_30").later(days=100)
    watch.go("look_90").later(days=90).go("look_180")


def risen(world: "World") -> None:
    tracked(world).go("look_30", "risen")


def no_longer_tracked(world: "World") -> None:
    tracked(world).later(days=400).go("withdraw")


WAYS = (
    adopted,
    redrafted,
    exempt,
    in_an_emergency,
    not_decided,
    ordinary_then_again,
    shortened,
    tracked_to_the_end,
    risen,
    no_longer_tracked,
)
