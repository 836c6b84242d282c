"""Ways of a round of screening in a grid, and of what it finds."""

from typing import TYPE_CHECKING

from gantang.matters import service
from tests.matters.acting import CLASS, fresh
from tests.matters.screening import matters_of, opened, ordered
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World


def round_of(world: "World") -> Driven:
    """The round of the grid worker's own grid, opened by a campaign over it alone."""
    return _round(world, "grid", world.grid)


def township_round(world: "World") -> Driven:
    """A round of a whole township: whoever holds it sees what the township handles."""
    return _round(world, "township", world.township)


def _round(world: "World", each: str, ground: str) -> Driven:
    campaign = ordered(world, ground, each=each)
    opened(campaign)
    return Driven(world, matters_of(campaign)[ground])


def in_its_hands(world: "World") -> str:
    """A request that the township handles itself."""
    course = Driven.told(world, "government.household").go("accept")
    assert course.row.owner_unit == world.unit(world.township)
    return str(course.id)


def found(world: "World", klass: str = CLASS) -> Driven:
    """Something that a round found, on the list."""
    course = round_of(world)
    return course.child(course.make("report", found_class=klass))


# --- rounds -------------------------------------------------------------------------------------------


def nothing_found(world: "World") -> None:
    round_of(world).go("report_nothing", "redo", "report_nothing")


def handed_in(world: "World") -> None:
    course, known = township_round(world), in_its_hands(world)
    course.make("report_known", known=known)
    course.make("report_more", found_class=CLASS)
    course.make("report_more_known", known=known)
    course.go("hand_in")


def handed_in_unasked(world: "World") -> None:
    course = round_of(world)
    course.make("report", found_class=CLASS)
    course.later(days=9)
    assert course.row.outcome == "found"


def not_reported(world: "World") -> None:
    course = round_of(world).later(days=40)
    assert course.row.outcome == "unreported"


def reported_with_another(world: "World") -> None:
    """Two rounds of one campaign lie on one grid: one is asked, the other goes into it."""
    campaign = ordered(world, world.village)
    opened(campaign)
    found = matters_of(campaign)
    course = Driven(world, found[world.next_grid])
    where = {"ground": world.grid, "key": fresh(), "now": course.now}
    service.place(actor=world.cast.dispatcher, matter=course.id, **where)
    course.make("merge", into=str(found[world.grid]))
    assert course.row.outcome == "merged"


# --- what they find -----------------------------------------------------------------------------------


def settled(world: "World") -> None:
    one = found(world).go("claim", "give_back", "assign")
    one.make("ask_extension", reason="示例：还在谈。")
    one.go("grant_extension", "settle")


def passed_on(world: "World") -> None:
    found(world).go("claim", "pass_on")
    found(world, "dispute.neighbour").go("claim", "pass_on_dispute")


def known_already(world: "World") -> None:
    found(world).make("known", known=str(Driven.told(world, CLASS).id))


def unfounded(world: "World") -> None:
    found(world).go("dismiss")


def supervised_then_withdrawn(world: "World") -> None:
    one = found(world).later(days=12)
    one.make("supervise", level="red")
    one.go("cancel_supervision", "withdraw")


WAYS = (
    nothing_found,
    handed_in,
    handed_in_unasked,
    not_reported,
    reported_with_another,
    settled,
    passed_on,
    known_already,
    unfounded,
    supervised_then_withdrawn,
)
