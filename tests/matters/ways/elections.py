"""Ways of a committee's election, by numbers alone: elected, voted again, annulled, and the list objected to."""

from typing import TYPE_CHECKING, Any

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

RESIDENTS, COMMITTEE = "election.residents", "election.village"
VOTED: dict[str, Any] = {"registered": 1001, "ballots": 600}
CHAIR = {"candidate": 1, "votes": 420, "seat": "chair"}
MEMBER = {"candidate": 2, "votes": 301, "seat": "member"}
ALL: dict[str, Any] = {"seats_filled": "elected"}
VALID: dict[str, Any] = {**VOTED, **ALL, "seats": 2, "elected": [CHAIR, MEMBER]}
SOME: dict[str, Any] = {**VOTED, "seats": 4, "elected": [CHAIR]}
REST: dict[str, Any] = {**VOTED, "elected": [{**MEMBER, "votes": 200}]}


def listed(world: "World", klass: str) -> Driven:
    return begun(world, klass).go("begin", "form_committee", "publish_list")


def voting(world: "World", klass: str) -> Driven:
    course = listed(world, klass)
    course.make("publish_candidates", seats=3, candidates=4)
    return course.later(days=30)


def elected(world: "World", klass: str = RESIDENTS) -> None:
    course = listed(world, klass)
    for ending in ("change_list", "keep_list", "withdraw"):
        child = course.child(course.make("object")).go(ending)
        course.now = child.now
    course.later(days=30)
    course.make("publish_candidates", seats=2, candidates=3)
    course.make("elect", **VALID)
    course.go("hand_over", "file")


def voted_again(world: "World", klass: str = RESIDENTS) -> None:
    course = voting(world, klass)
    course.make("too_few_voted", registered=1001, ballots=500)
    course.make("elect_some", **SOME)
    course.make("elect_part", seats_left=3, **REST)
    course.make("elect_rest", seats_left=1, **ALL, **REST)
    course.go("complain", "dismiss")
    other = voting(world, klass)
    other.make("elect_some", **SOME)
    other.make("leave_open", seats_filled="some_seats_open")
    other.go("hand_over", "file")


def not_elected(world: "World", klass: str = RESIDENTS) -> None:
    course = voting(world, klass)
    course.make("elect", **VALID)
    course.go("complain", "annul")
    voting(world, klass).make("vote_failed", registered=1001, ballots=500)
    none = voting(world, klass)
    none.make("none_elected", **VOTED, seats=2, not_elected=[{"candidate": 1, "votes": 300}])
    none.go("nobody_elected")
    begun(world, klass).later(days=60).go("cancel_supervision", "supervise", "withdraw")


WAYS = (elected, voted_again, not_elected)


def in_a_village(world: "World") -> None:
    for way in WAYS:
        way(world, COMMITTEE)


VILLAGE = (in_a_village,)
