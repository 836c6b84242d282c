"""Ways of a committee's election, by numbers alone: elected, voted again, annulled, and the list objected to."""

from typing import TYPE_CHECKING, Any

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

RESIDENTS, COMMITTEE = "election.residents", "election.village"
VALID: dict[str, Any] = {"registered": 1001, "ballots": 600, "least_votes": 301}


def listed(world: "World", klass: str) -> Driven:
    return begun(world, klass).go("begin", "form_committee", "publish_list")


def voting(world: "World", klass: str) -> Driven:
    return listed(world, klass).go("publish_candidates").later(days=30)


def elected(world: "World", klass: str = RESIDENTS) -> None:
    course = listed(world, klass)
    for ending in ("change_list", "keep_list", "withdraw"):
        child = course.child(course.make("object")).go(ending)
        course.now = child.now
    course.later(days=30).go("publish_candidates")
    course.make("elect", **VALID)
    course.go("hand_over", "file")


def voted_again(world: "World", klass: str = RESIDENTS) -> None:
    course = voting(world, klass).go("too_few_voted")
    course.make("elect_some", **VALID)
    course.make("elect_rest", registered=1001, ballots=600)
    course.go("complain", "dismiss")
    other = voting(world, klass)
    other.make("elect_some", **VALID)
    other.go("leave_open")


def not_elected(world: "World", klass: str = RESIDENTS) -> None:
    course = voting(world, klass)
    course.make("elect", **VALID)
    course.go("complain", "annul")
    voting(world, klass).go("nobody_elected")
    begun(world, klass).later(days=60).go("cancel_supervision", "supervise", "withdraw")


WAYS = (elected, voted_again, not_elected)


def in_a_village(world: "World") -> None:
    for way in WAYS:
        way(world, COMMITTEE)


VILLAGE = (in_a_village,)
