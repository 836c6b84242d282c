"""Points, vessels, zones, routes, officers, the level of the water: of the grounds that an actor sees."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.patrol.models import Held, Level, Officer, Point, Route, Shape, Vessel, Zone
from gantang.patrol.sight import grounds_of, seeing
from gantang.patrol.types import (
    LevelView,
    OfficerView,
    Outline,
    PointView,
    RouteView,
    VesselView,
    ZoneView,
)
from gantang.posts import queries as posts
from gantang.territory import queries as territory

MOST = 200
Row = TypeVar("Row", bound=Held)


def points(actor: Actor, *, ended: bool = False) -> list[PointView]:
    """By name."""
    with reading(seeing(actor)):
        rows = list(_open(seen(actor, Point.objects.all()), ended).order_by("name", "id")[:MOST])
    return [
        PointView(
            one.id,
            one.ground,
            one.name,
            one.kind,
            None if one.lon is None or one.lat is None else (one.lon, one.lat),
            tuple(one.levels),
            one.valid_to is not None,
        )
        for one in rows
    ]


def vessels(actor: Actor, *, ended: bool = False) -> list[VesselView]:
    """By name."""
    with reading(seeing(actor)):
        rows = list(_open(seen(actor, Vessel.objects.all()), ended).order_by("name", "id")[:MOST])
    return [
        VesselView(
            one.id, one.ground, one.name, one.plate, one.unit, one.state, one.since, one.valid_to is not None
        )
        for one in rows
    ]


def zones(actor: Actor) -> list[ZoneView]:
    """Those in force, by name, each with its newest outlines."""
    with reading(seeing(actor)):
        rows = list(_open(seen(actor, Zone.objects.all()), False).order_by("name", "id")[:MOST])
        drawn = Shape.objects.filter(zone__in=rows).order_by("zone_id", "level", "-made_at")
        shapes = list(drawn.distinct("zone_id", "level"))
    outlines: dict[object, dict[str, Outline]] = {}
    for shape in shapes:
        ring = shape.rings[0] if shape.rings else []
        outlines.setdefault(shape.zone_id, {})[shape.level] = tuple((lon, lat) for lon, lat in ring)
    return [
        ZoneView(one.id, one.ground, one.name, outlines.get(one.id, {}), one.valid_to is not None)
        for one in rows
    ]


def routes(actor: Actor) -> list[RouteView]:
    """Those in force, by name."""
    with reading(seeing(actor)):
        rows = list(_open(seen(actor, Route.objects.all()), False).order_by("name", "id")[:MOST])
    return [
        RouteView(
            one.id,
            one.ground,
            one.name,
            tuple(UUID(each) for each in one.stops),
            tuple(UUID(each) for each in one.zones),
            False,
        )
        for one in rows
    ]


def officers(actor: Actor, *, on: date) -> list[OfficerView]:
    """Posts that serve, in the order of their numbers, never of anything else."""
    with reading(seeing(actor)):
        rows = list(seen(actor, Officer.objects.filter(valid_to=None)).order_by("post")[: 2 * MOST])
    held = {unit: posts.holders(unit, on) for unit in {one.unit for one in rows}}
    return [
        OfficerView(
            one.id,
            one.ground,
            one.post,
            one.unit,
            tuple(one.skills),
            tuple(date.fromisoformat(each) for each in one.leave),
            held[one.unit].get(one.post) == one.account,
        )
        for one in rows
    ]


def level(actor: Actor, ground: str) -> LevelView | None:
    """The newest that was said for a ground or the nearest around it; None where nobody said any."""
    around = territory.around(ground)
    with reading(seeing(actor)):
        rows = list(
            Level.objects.filter(ground__in=around).order_by("ground", "-said_at", "-id").distinct("ground")
        )
    one = max(rows, key=lambda each: len(each.ground), default=None)
    return None if one is None else level_view(one)


def levels(actor: Actor) -> list[LevelView]:
    """What was said last, the newest first."""
    with reading(seeing(actor)):
        rows = list(seen(actor, Level.objects.all()).order_by("-said_at", "-id")[:20])
    return [level_view(one) for one in rows]


def level_view(one: Level) -> LevelView:
    """A row as the room hands it out."""
    gauge = None if one.gauge is None else float(one.gauge)
    return LevelView(one.ground, one.level, one.on, one.source, one.post, one.said_at, gauge)


def seen(actor: Actor, rows: "QuerySet[Row]") -> "QuerySet[Row]":
    """Those on the grounds that an actor sees."""
    grounds = grounds_of(actor)
    if "" in grounds:
        return rows
    return rows.filter(reduce(or_, (Q(ground__startswith=one) for one in grounds), Q(pk__in=[])))


def _open(rows: "QuerySet[Row]", ended: bool) -> "QuerySet[Row]":
    return rows if ended else rows.filter(valid_to=None)
