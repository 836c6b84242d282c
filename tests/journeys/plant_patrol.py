"""The sample's patrol beside the journeys' site, and water that takes a point; prints a shift and two rosters."""

import json
from dataclasses import replace
from datetime import timedelta

import django

django.setup()

from gantang.kit import clock  # noqa: E402
from gantang.kit.actor import SYSTEM  # noqa: E402
from gantang.patrol import queries, service  # noqa: E402
from gantang.patrol.service import rosters  # noqa: E402
from gantang.patrol.types import Breach, NewRoster, Rule, Solved  # noqa: E402
from gantang.sample import patrol  # noqa: E402
from tests.world import World  # noqa: E402


def main() -> None:
    now, builder = clock.now(), replace(SYSTEM, admin=True)
    world = World(on=now.date())
    patrol.make(builder=builder, now=now)
    command = world.cast.county_receiver
    issued = queries.rosters(command)[0].id
    point = queries.points(command)[0].id
    asked = NewRoster("360428", now.date() + timedelta(days=20), 7, (point,), 9)
    poor = service.ask(actor=command, roster=asked, key="journey-poor", now=now)
    gap = Rule("number", 0, str(point), "night")
    found = Solved(
        "none", (), 0, 0, (Breach(gap, 0, 0, 5, 9),), True, (Rule("one_a_day"), Rule("rest"), gap), True
    )
    rosters._make(poor, found, now)
    service.say_level(
        actor=builder,
        ground="360428",
        level="low",
        on=now.date(),
        source="水文站（示例）",
        key="journey",
        now=now,
    )
    shift = next(
        one.id for one in queries.shifts(command, since=now, until=now + timedelta(hours=1)) if one.vessel
    )
    print(json.dumps({"issued": str(issued), "poor": str(poor), "shift": str(shift)}))


if __name__ == "__main__":
    main()
