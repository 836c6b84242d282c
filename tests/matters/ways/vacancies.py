"""Ways of a post that nobody fills: covered at once, filled, or an acting post goes on."""

from typing import TYPE_CHECKING

from tests.matters.ways.decisions import begun
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World

KLASS = "vacancy"


def covered(world: "World", way: str = "transfer") -> Driven:
    course = begun(world, KLASS).go("announce")
    course.make("cover", acting_post=world.cast.county_handler.post, way=way)
    return course


def filled(world: "World") -> None:
    course = covered(world).go("propose", "return_proposal", "propose", "approve", "not_at_work")
    course.go("propose", "approve", "at_work")


def acting(world: "World") -> None:
    course = covered(world)
    course.make("change_way", way="open_call")
    course.make("change_acting", acting_post=world.cast.county_handler.post)
    course.go("propose")
    course.make("keep_acting", acting_post=world.cast.county_handler.post)


def abolished(world: "World") -> None:
    covered(world).go("propose", "abolish")


def late_or_none(world: "World") -> None:
    begun(world, KLASS).later(days=12).go("cancel_supervision", "supervise", "withdraw")
    begun(world, KLASS).go("not_vacant")


WAYS = (filled, acting, abolished, late_or_none)
