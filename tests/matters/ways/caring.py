"""Ways of services to a person by agreement, at the stations that give them."""

from typing import TYPE_CHECKING

from gantang.kit import clock
from gantang.matters import service
from tests.matters.acting import fresh, report
from tests.matters.ways.driving import Driven

if TYPE_CHECKING:
    from tests.world import World


def taken_in(world: "World", key: str) -> Driven:
    """Taken in at the station's own desk."""
    now = clock.now()
    made = report(world.county, "示例的话。", class_code=f"service.{key}", on_behalf=True, channel="counter")
    desk = world.actor(f"360428:{key}", "受理岗")
    return Driven(world, service.intake(actor=desk, report=made, key=fresh(), now=now).matter, now)


def served(world: "World") -> None:
    course = taken_in(world, "aftercare").go("agree", "serve", "refer", "go_on", "finish")
    course.go("serve_again", "finish", "end")


def not_served(world: "World") -> None:
    taken_in(world, "aftercare").go("not_begin")
    taken_in(world, "aftercare").go("agree", "take_back")
    assert taken_in(world, "aftercare").later(days=90).row.outcome == "declined"


def left_alone(world: "World") -> None:
    course = taken_in(world, "aftercare").go("agree").later(days=300)
    assert course.row.state == "checking"
    assert course.later(days=90).row.outcome == "served"


def attended(world: "World") -> None:
    course = taken_in(world, "counselling").go("book", "rebook", "attended", "send_back", "attended")
    course.go("check")
    assert taken_in(world, "counselling").go("book", "attended").later(days=40).row.outcome == "attended"


def not_attended(world: "World") -> None:
    for moves in (("not_begin",), ("book", "refer"), ("book", "take_back")):
        taken_in(world, "counselling").go(*moves)
    assert taken_in(world, "counselling").later(days=30).row.outcome == "not_begun"
    assert taken_in(world, "counselling").go("book").later(days=90).row.outcome == "no_record"


CARES, TALKS = (served, not_served, left_alone), (attended, not_attended)
