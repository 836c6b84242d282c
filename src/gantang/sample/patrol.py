"""The joint patrol (示例) of the first county: points, vessels, the water, a roster of a week, logs,
an order that was heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.patrol import queries, service
from gantang.patrol.types import Duty, NewRoster, ShiftView
from gantang.posts import queries as posts
from gantang.sample.plan import MARK
from gantang.sample.story import Story

COUNTY = "360428"
#: Where the sample's points stand on the lake, and at which levels of the water they can be reached.
POINTS = (
    ("北岸巡逻点", "joint", (116.20, 29.25), ("flood", "normal", "low")),
    ("湖心执法点", "post", (116.27, 29.21), ("flood", "normal", "low")),
    ("南滩瞭望点", "lookout", (116.33, 29.17), ("flood", "normal")),
)
#: The same zone at each level: wide, smaller, dry.
ZONE = {
    "flood": ((116.18, 29.15), (116.38, 29.15), (116.38, 29.28), (116.18, 29.28)),
    "normal": ((116.22, 29.17), (116.34, 29.17), (116.34, 29.24), (116.22, 29.24)),
    "low": (),
}
#: Vessels, and the department that sends each; where there is none, the centre does.
VESSELS = (("巡逻船一号", "公安局"), ("渔政船二号", "农业农村局"), ("水政船三号", "水利局"))
#: Who serves: posts of the county's centre, by their titles.
SERVING = ("受理岗", "综合办理岗", "回访核验岗", "裁定岗", "督办岗")
_DAYS = 7


def make(*, builder: Actor, now: datetime) -> bool:
    """Enter them as two days ago, unless the county has a point; say whether anything was made."""
    if any(one.ground.startswith(COUNTY) for one in queries.points(builder, ended=True)):
        return False
    then = now - timedelta(days=2)
    north, *others = _points(builder, then)
    boats, routes = _fleet(builder, [north, *others], then)
    service.say_level(
        actor=builder,
        ground=COUNTY,
        level="normal",
        on=then.date(),
        source=f"水文站{MARK}",
        key="sample-water",
        now=then,
    )
    shifts = _rostered(builder, north, then)
    _served(builder, shifts, boats[0], routes[0], now)
    return True


def _points(builder: Actor, then: datetime) -> list[UUID]:
    """The points."""
    return [
        service.add_point(
            actor=builder,
            ground=COUNTY,
            name=f"{name}{MARK}",
            kind=kind,
            at=at,
            levels=levels,
            key=f"sample-point-{place}",
            now=then,
        )
        for place, (name, kind, at, levels) in enumerate(POINTS)
    ]


def _fleet(builder: Actor, points: Sequence[UUID], then: datetime) -> tuple[list[UUID], list[UUID]]:
    """Vessels of several units, a zone, two routes."""
    given: dict[str, Any] = {"actor": builder, "ground": COUNTY, "now": then}
    zone = service.add_zone(**given, name=f"禁捕区{MARK}", key="sample-zone")
    for level, outline in ZONE.items():
        service.draw_zone(actor=builder, zone=zone, level=level, outline=outline, now=then)
    every = [one for one in posts.units(COUNTY, on=then.date()) if one.ground == COUNTY]
    centre = next(one.id for one in every if one.kind == "centre")
    units = [next((one.id for one in every if agency in one.name), centre) for _name, agency in VESSELS]
    boats = [
        service.add_vessel(
            **given, name=f"{name}{MARK}", plate=f"示例{at + 1:02}", unit=unit, key=f"sample-vessel-{at}"
        )
        for at, ((name, _agency), unit) in enumerate(zip(VESSELS, units, strict=True))
    ]
    ways: tuple[tuple[str, Sequence[UUID], list[UUID]], ...] = (
        ("环湖线", points, [zone]),
        ("近岸线", points[:2], []),
    )
    routes = [
        service.add_route(**given, name=f"{name}{MARK}", stops=stops, zones=zones, key=f"sample-{name}")
        for name, stops, zones in ways
    ]
    return boats, routes


def _rostered(builder: Actor, point: UUID, then: datetime) -> list[ShiftView]:
    """A week of one point, one after the other, entered by hand and issued by another."""
    story = Story(then)
    command, leader = story.actor(COUNTY, "受理岗"), story.actor(COUNTY, "负责岗")
    serving = [story.actor(COUNTY, title).post or 0 for title in SERVING]
    for post in serving:
        service.set_officer(actor=builder, post=post, ground=COUNTY, skills=("helm",), now=then)
    first = then.astimezone(clock.ZONE).date() + timedelta(days=1)
    asked = NewRoster(COUNTY, first, _DAYS, (point,), number=1, helm=1, mixed=1, rest=11, run=6)
    number = service.ask(actor=command, roster=asked, key="sample-roster", now=then)
    plan = queries.roster(builder, number).plan
    needs = sorted(plan.needs, key=lambda one: (one.day, plan.kind[one.kind].begins))
    duties = [Duty(one.day, one.place, one.kind, serving[at % len(serving)]) for at, one in enumerate(needs)]
    service.enter(actor=command, roster=number, duties=duties, now=then)
    service.issue(actor=leader, roster=number, now=then)
    made = queries.shifts(builder, since=then, until=then + timedelta(days=_DAYS + 2))
    return [one for one in made if one.point == point]


def _served(builder: Actor, shifts: Sequence[ShiftView], boat: UUID, route: UUID, now: datetime) -> None:
    """The shift of this hour is out with an order that its crew has heard; the one before is back."""
    at = next(place for place, one in enumerate(shifts) if one.starts_at <= now < one.ends_at)
    before, running = shifts[at - 1], shifts[at]
    for one in (before, running):
        moment = one.starts_at
        service.assign(actor=builder, shift=one.id, vessel=boat, route=route, now=moment)
        crew = _crew(one, now)
        service.go_out(actor=crew, shift=one.id, now=moment)
        place, key = POINTS[0][2], f"sample-position-{one.id}"
        service.note_position(actor=crew, shift=one.id, at=place, when=moment, key=key, now=moment)
        if one is before:
            service.come_back(actor=crew, shift=one.id, now=one.ends_at - timedelta(minutes=5))
    command = Story(now).actor(COUNTY, "受理岗")
    order = service.give(actor=command, shift=running.id, kind="inspect", key="sample-order", now=now)
    service.hear(actor=_crew(running, now), order=order, now=now)


def _crew(one: ShiftView, now: datetime) -> Actor:
    """Whoever serves in a shift."""
    story = Story(now)
    every = (story.actor(COUNTY, title) for title in SERVING)
    return next(actor for actor in every if actor.post == one.crew[0][0])
