"""Ways of joint work: asked for, answered, too late, and carried to another city."""

from datetime import timedelta
from typing import TYPE_CHECKING

from gantang.matters import service
from tests.matters.paths import begun, handled, holder_of, on_child

if TYPE_CHECKING:
    from tests.world import World


def jointly(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    units = [world.unit("360428:housing"), world.unit("360428:power")]
    first, second = course.by(handler, "cooperate", units=units, task="请断电。").opened
    on_child(world.cast.department_handler, first, "answer", course, reply="断了。")
    course.by(handler, "answer", result="resolved", reply="修好了。", why_not_wait="不等了。")
    assert second != first


def helped_too_late(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    course.by(handler, "cooperate", units=[world.unit("360428:housing")], task="请断电。")
    course.now += timedelta(days=10)
    service.wake(now=course.now)
    course.by(holder_of(course, world), "cooperate", units=[world.unit("360428:power")], task="请断电。")
    course.by_reporter("withdraw", children="withdraw")


def transferred_with_a_child(world: "World") -> None:
    course = begun(world)
    handler = handled(world, course)
    course.by(handler, "cooperate", units=[world.unit("360428:housing")], task="请断电。")
    course.by(world.cast.dispatcher, "move_away", ground=world.foreign_township, children="carry")


WAYS = (jointly, helped_too_late, transferred_with_a_child)
