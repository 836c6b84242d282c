"""Ways of what a centre does together with others: on the lake, with the court, in a special campaign."""

from typing import TYPE_CHECKING

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven
from tests.matters.ways.services import past

if TYPE_CHECKING:
    from tests.world import World

LAKE, COURT, CAMPAIGN = "patrol", "court", "campaign"


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
    course = sent(Driven.told(world, LAKE), "fishing").go(
        "hand_over", "come_back", "hand_over", "record_receipt", "progress"
    )
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
    Driven.told(world, LAKE).make("merge", into=str(Driven.told(world, LAKE).id))
    past(world, LAKE)


INCIDENTS = (rescued, handed_over, unreached, not_answered, otherwise)


def from_court(world: "World") -> None:
    course = begun(world, COURT).go("from_court", "take_over")
    course.make("open_dispute", dispute_class="dispute.neighbour")
    course.make("give_back", mediated="agreed")
    course.go("court_closes")
    begun(world, COURT).go("from_court", "take_over").later(days=45).go("give_back", "court_signs")


def to_court(world: "World") -> None:
    course = begun(world, COURT).go("to_court", "propose_fast", "send_back", "propose_simple", "court_takes")
    course.go("change_track", "ask_after", "bring_back", "verify")
    begun(world, COURT).go("to_court", "propose_complex", "not_taken", "verify_not_taken")


def no_news(world: "World") -> None:
    begun(world, COURT).go("to_court", "propose_complex").later(days=30).go("supervise", "no_news")
    begun(world, COURT).go("to_court", "withdraw")
    begun(world, COURT).go("not_accept")
    past(world, COURT)


REFERRALS = (from_court, to_court, no_news)


def running(world: "World") -> tuple[Driven, Driven, Driven]:
    """A campaign under way, and two of its tasks, each at a unit."""
    course = begun(world, CAMPAIGN)
    course.make("propose", span="month")
    course.go("return_plan")
    course.make("propose", span="month")
    made = course.go("approve").make("set_tasks")
    first, second = course.child(made), course.child(made, 1)
    first.make("assign", span="month")
    second.make("assign", span="month")
    return course, first, second


def a_campaign(world: "World") -> None:
    course, first, second = running(world)
    course.go("bulletin")
    first.go("refuse").make("assign", span="month")
    first.go("cooperate", "progress", "pass_on_incident")
    for kind, klass in (
        ("request", "safety.fire"),
        ("dispute", "dispute.wage"),
        ("repair", "facility.camera"),
    ):
        first.make(f"pass_on_{kind}", found_class=klass)
    first.make("ask_extension", reason="示例：还要协调。")
    first.go("grant_extension", "done", "send_back", "done", "strike_off", "redo", "drop")
    second.go("report_nothing")
    course.later(days=45).go("report", "return_report", "report", "sum_up")


def cut_short(world: "World") -> None:
    course, first, _second = running(world)
    first.go("progress", "supervise", "carry")
    course.go("end_early")
    begun(world, CAMPAIGN).go("withdraw")


CAMPAIGNS = (a_campaign, cut_short)
