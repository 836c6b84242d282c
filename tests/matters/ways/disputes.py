"""Ways of a dispute, of any variant: what its law takes away is walked by the other way that is left."""

from typing import TYPE_CHECKING

from gantang.matters.types import Acted
from tests.matters.bringing import added, arriving, brought, days_ago
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World


def accepted(world: "World", klass: str, **given: str) -> Driven:
    course = Driven.told(world, klass)
    course.make("accept", **given)
    return course


def invited(world: "World", klass: str) -> Driven:
    """At the township's mediator, who asks the parties."""
    return accepted(world, klass).go("route_simple")


def mediated(world: "World", klass: str) -> Driven:
    return invited(world, klass).willing().go("begin")


def performing(world: "World", klass: str, term: str = "month") -> tuple[Driven, Acted]:
    """Agreed upon, and at the court for confirmation."""
    course = mediated(world, klass)
    course.make("agree", term=term)
    return course, course.make("apply_confirmation")


def performed(world: "World", klass: str) -> None:
    course = mediated(world, klass).go("state_view", "hold_session", "warn")
    first = course.make("cooperate")
    course.child(first).go("answer")
    course.make("agree", why_not_wait="示例：不等了。")
    course.go("apply_confirmation", "perform")
    course.make("visit", rating=5)


def not_performed(world: "World", klass: str) -> None:
    course = mediated(world, klass)
    course.go("change_way", "route_complex", "begin")
    state = course.procedure.states["mediating"]
    if state.pause is not None:
        course.make("ask_pause", reason="示例：等鉴定。")
        course.go("grant_pause", "resume")
    if state.extend is not None:
        course.make("ask_extension", reason="示例：还要谈。")
        course.go("grant_extension")
    course.make("agree_oral" if "agree_oral" in course.procedure.moves else "agree", term="at_once")
    course.go("progress").later(days=10)
    course.go("urge", "perform", "visit_again", "end_not_performed", "ask_reopen", "reopen", "refer")


def by_instalments(world: "World", klass: str) -> None:
    course = mediated(world, klass)
    opened = course.make("agree_instalments")
    paid, unpaid, dropped = (course.child(opened, at) for at in range(3))
    paid.go("pay")
    dropped.go("withdraw")
    unpaid.later(days=10).go("urge", "give_up")
    course.now = unpaid.now
    course.go("perform_all", "visit")


def broken_off(world: "World", klass: str) -> None:
    course = mediated(world, klass)
    course.make("agree_instalments")
    course.go("break_off").later(days=40)
    course.make("end_not_performed", children="withdraw")


def refused(world: "World", klass: str) -> None:
    course = invited(world, klass).willing(said=False)
    course.go("end_refused", "resume_talks").willing()
    course.go("begin", "end_failed", "ask_reopen", "uphold")


def ruled(world: "World", klass: str) -> None:
    course = accepted(world, klass).go("route_simple", "return")
    course.make("route_simple", unit=world.unit("360428"))
    course.go("contest", "rule", "settle_out")


def by_an_authority(world: "World", klass: str) -> None:
    accepted(world, klass).go("route_administrative", "take_up", "not_found")
    accepted(world, klass).go("route_administrative", "not_take_up")


def for_the_court(world: "World", klass: str) -> None:
    course = accepted(world, klass, start="entrusted").go("route_court").willing().go("sign")
    for answer in ("decline", "grant_extension"):
        course.make("ask_extension", reason="示例：还要谈。")
        course.make(answer, **({"reason": "示例：先谈。"} if answer == "decline" else {}))
    course.go("agree_court", "perform", "visit")


def late_to_the_top(world: "World", klass: str) -> None:
    course = Driven.told(world, klass).later(days=12)
    course.make("supervise", level="red")
    course.go("accept", "route_simple").willing().go("begin", "cancel_supervision")
    course.later(days=120).go("conclude")


def set_aside(world: "World", klass: str) -> None:
    Driven.told(world, klass).go("not_accept")
    Driven.told(world, klass).go("withdraw")
    Driven.told(world, klass).make("merge", into=str(Driven.told(world, klass).id))
    Driven.told(world, klass).go("move_away")


def from_elsewhere(world: "World", klass: str) -> None:
    past = arriving(world.grid, opened_at=days_ago(90), ended_at=days_ago(80), class_code=klass)
    assert added(brought(past)) == [True]


def confirmed(world: "World", klass: str) -> None:
    course, acted = performing(world, klass)
    court = course.child(acted).go("take")
    court.make("ask_extension", reason="示例：案情复杂。")
    court.go("grant_extension", "confirm").later(days=100).go("revoke")


def not_confirmed(world: "World", klass: str) -> None:
    for moves in (("not_take",), ("take", "refuse"), ("withdraw",)):
        course, acted = performing(world, klass)
        course.child(acted).go(*moves)


WAYS = (
    performed,
    not_performed,
    by_instalments,
    broken_off,
    refused,
    ruled,
    by_an_authority,
    for_the_court,
    late_to_the_top,
    set_aside,
    from_elsewhere,
)
#: Beside the dispute itself: what the court says of its agreement.
CONFIRMATION = (confirmed, not_confirmed)
