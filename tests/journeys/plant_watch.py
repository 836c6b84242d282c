"""A watch of the lake that begins about now, with two orders, for the phone of its crew; prints its shift, its orders,
and its crew's sign-in name."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from gantang.identity.queries import names  # noqa: E402
from gantang.kit import clock  # noqa: E402
from gantang.kit.actor import SYSTEM, Actor  # noqa: E402
from gantang.patrol import queries, service  # noqa: E402
from gantang.patrol.rules.asking import KINDS  # noqa: E402
from gantang.patrol.types import Demand, Duty, NewRoster, ShiftView  # noqa: E402
from tests.world import World  # noqa: E402

#: Not the county of the sample's patrol, which other journeys plant where no point stands yet.
COUNTY = "361028"
#: A watch that ends sooner than this is over before the test is.
LEFT = timedelta(minutes=20)


def main() -> None:
    now, builder = clock.now(), replace(SYSTEM, admin=True)
    world = World(on=now.date())
    crew, command = world.actor(COUNTY, "负责岗"), world.cast.foreigner
    point, boat = _things(builder, world, now)
    first, second = _shifts(world, crew, point, now)
    service.assign(actor=command, shift=first.id, vessel=boat, route=None, now=now)
    given = {"actor": command, "shift": first.id, "point": point, "now": now}
    orders = [service.give(**given, kind=kind, key=f"watch-{kind}") for kind in ("inspect", "search")]
    account = crew.account or 0
    told = {"shift": first.id, "next": second.id, "first": orders[0], "second": orders[1]}
    print(json.dumps({name: str(one) for name, one in told.items()} | {"crew": names([account])[account]}))


def _things(builder: Actor, world: World, now: datetime) -> tuple[UUID, UUID]:
    place: dict[str, Any] = {"actor": builder, "ground": COUNTY, "now": now - timedelta(days=3)}
    point = service.add_point(
        **place, name="西汊点（示例）", kind="joint", at=(116.24, 29.22), key="watch-point"
    )
    unit = world.unit(COUNTY)
    return point, service.add_vessel(
        **place, name="巡逻船九号（示例）", plate="示例09", unit=unit, key="watch-boat"
    )


def _shifts(world: World, crew: Actor, point: UUID, now: datetime) -> list[ShiftView]:
    """The one of this hour, and the same on the next day but one, both of the crew alone."""
    then, hour = now - timedelta(days=3), (now + LEFT).astimezone(clock.ZONE)
    began = hour - timedelta(hours=6)
    kind, days = list(KINDS)[began.hour // 8], (began.date(), began.date() + timedelta(days=2))
    command = world.cast.foreigner
    service.set_officer(actor=command, post=crew.post or 0, ground=COUNTY, skills=("helm",), now=then)
    only = (Demand(number=0), *(Demand(point=point, kind=kind, on=day, number=1) for day in days))
    asked = NewRoster(COUNTY, days[0], 3, (point,), number=1, helm=0, mixed=0, other=only)
    number = service.ask(actor=command, roster=asked, key="watch-roster", now=then)
    plan = queries.roster(command, number).plan
    duties = [Duty(one.day, one.place, one.kind, crew.post or 0) for one in plan.needs]
    service.enter(actor=command, roster=number, duties=duties, now=then)
    service.issue(actor=crew, roster=number, now=then)
    return queries.mine(crew, now=now)


if __name__ == "__main__":
    main()
