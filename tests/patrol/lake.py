"""The patrol of the county: two points, a zone, a vessel, two routes, six officers, and a roster of two days."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gantang.catalogue import service as catalogue
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.clock import ZONE
from gantang.patrol import queries, service
from gantang.patrol.rules.plan import Duty
from gantang.patrol.service import rosters
from gantang.patrol.types import LEVELS, NewRoster, Solved

if TYPE_CHECKING:
    from tests.world import World

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=ZONE)
FIRST = NOW.date() + timedelta(days=1)
COUNTY = "360428"
SQUARE = ((116.20, 29.20), (116.30, 29.20), (116.30, 29.30), (116.20, 29.30))
POSTS = ("受理岗", "综合办理岗", "回访核验岗", "裁定岗", "督办岗", "负责岗")


class Lake:
    """What the tests of the patrol stand on; ``command`` enters and asks, ``second`` issues."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.command, self.second = world.cast.county_receiver, world.cast.county_leader
        place = {"actor": self.command, "ground": COUNTY, "now": NOW}
        self.north = service.add_point(**place, name="北点（示例）", kind="joint", at=SQUARE[0], key="north")
        self.shoal = service.add_point(
            **place,
            name="浅滩（示例）",
            kind="lookout",
            at=SQUARE[2],
            levels=("normal", "flood"),
            key="shoal",
        )
        self.zone = service.add_zone(**place, name="禁捕区（示例）", key="zone")
        unit = world.unit(COUNTY)
        self.boat = service.add_vessel(
            **place, name="巡逻船一号（示例）", plate="示例01", unit=unit, key="boat"
        )
        stops = [self.north, self.shoal]
        self.wide = service.add_route(
            **place, name="大圈（示例）", stops=stops, zones=[self.zone], key="wide"
        )
        self.near = service.add_route(
            **place, name="近岸（示例）", stops=[self.north, self.north], key="near"
        )
        self.posts = [world.post(COUNTY, title) for title in POSTS]
        for post in self.posts:
            service.set_officer(actor=self.command, post=post, ground=COUNTY, skills=("helm",), now=NOW)

    def ask(self, *, key: str = "roster", **given: Any) -> UUID:
        asked = NewRoster(COUNTY, FIRST, 2, (self.north,), number=1, helm=1, mixed=1)
        return service.ask(actor=self.command, roster=replace(asked, **given), key=key, now=NOW)

    def made(self, number: UUID) -> None:
        """As the worker leaves it: every shift by another post."""
        plan, posts = queries.roster(self.command, number).plan, iter(self.posts * 9)
        duties = tuple(sorted(Duty(one.day, one.place, one.kind, next(posts)) for one in plan.needs))
        rosters._make(number, Solved("optimal", duties), NOW)

    def issued(self) -> list[UUID]:
        """The six shifts of an issued roster, in their order."""
        number = self.ask()
        self.made(number)
        service.issue(actor=self.second, roster=number, now=NOW)
        span = {"since": NOW, "until": NOW + timedelta(days=9)}
        return [one.id for one in queries.shifts(self.command, **span)]

    def water(self, level: str, *, key: str = "", actor: Actor | None = None, at: datetime = NOW) -> int:
        return service.say_level(
            actor=actor or self.command, ground=COUNTY, level=level, on=at.date(), source="示例水位站", key=key or level, now=at
        )  # fmt: skip


def fill(slot: str, value: int) -> None:
    admin = replace(SYSTEM, admin=True)
    catalogue.set_slot(actor=admin, code=slot, value=value, source="示例", valid_from=NOW.date(), now=NOW)


__all__ = ["COUNTY", "FIRST", "LEVELS", "NOW", "SQUARE", "Lake", "fill"]
