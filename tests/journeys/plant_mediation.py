"""A dispute that is being mediated, and three whose agreement stands; prints their numbers and codes."""

import json
from datetime import timedelta

import django

django.setup()

from gantang.kit import clock  # noqa: E402
from gantang.matters import service  # noqa: E402
from tests.matters.acting import Course, told  # noqa: E402
from tests.matters.test_parties import ACCEPTED, added, says  # noqa: E402
from tests.matters.test_sessions import AGREED  # noqa: E402
from tests.world import World  # noqa: E402


def mediated(world: World) -> Course:
    """Two parties who are willing, and a reporter who is one of them; an hour ago, so that nothing is of a
    minute that is still to come."""
    now = clock.now() - timedelta(hours=1)
    made = told(world.grid, "示例：两家为院墙争了半年。", class_code="dispute.neighbour", now=now)
    course = Course(made, now=now)
    course.by(world.cast.receiver, "accept", **ACCEPTED)
    course.by(world.cast.dispatcher, "route_simple", committee="township", track="simple")
    says(course, service.open_by_code(course.receipt.access_code or "")[0], True)
    other = added(course, world.cast.mediator, "示例乙")
    says(course, world.cast.mediator, True, person=other)
    course.by(world.cast.mediator, "begin")
    return course


def main() -> None:
    world = World(on=clock.now().date())
    pairs = {name: mediated(world) for name in ("talked", "agreed", "drafted", "on_paper")}
    for name in ("agreed", "drafted", "on_paper"):
        pairs[name].by(world.cast.mediator, "agree", **AGREED)
    print(json.dumps({name: [one.receipt.number, one.receipt.access_code] for name, one in pairs.items()}))


if __name__ == "__main__":
    main()
