"""What the ways of a request and its tests have in common: told, taken on, answered."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.matters import service
from gantang.matters.types import Contact
from gantang.posts import queries as posts
from tests.matters.acting import CLASS, Course, fresh, told

if TYPE_CHECKING:
    from tests.world import World

CLASSED = {"class": CLASS, "track": "ordinary"}


def holder_of(course: Course, world: "World", duty: str = "handler") -> Actor:
    """The actor of the post that holds the work."""
    row = course.seen_by(world.cast.province_leader)
    held = next(one for one in row.holdings if one.duty == duty)
    serving = posts.resolver(world.on).serving(unit=held.unit, post=held.post, duty=duty)[0]
    return posts.actor_of(account=serving.account, post=serving.post, on=world.on)


def begun(world: "World", **given: Any) -> Course:
    return Course(told(given.pop("ground", world.grid), **given))


def handled(world: "World", course: Course) -> Actor:
    """Accepted and taken on; whoever handles it."""
    course.by(world.cast.receiver, "accept", **CLASSED)
    handler = holder_of(course, world)
    course.by(handler, "take_on")
    return handler


def answered(world: "World", course: Course) -> Actor:
    handler = handled(world, course)
    course.by(handler, "answer", result="resolved", reply="修好了。")
    return handler


def begun_with_mail(world: "World") -> Course:
    return begun(world, reporter=Contact(email="c@example.org"), anonymous=False)


def on_child(actor: Actor, child: UUID, move: str, course: Course, **answers: Any) -> None:
    """A move on a matter that another opened, at the other's moment."""
    service.act(actor=actor, matter=child, move=move, answers=answers, key=fresh(), now=course.now)
