"""Points, vessels, zones and routes, entered and ended by whoever runs the patrol of their ground."""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.patrol import errors
from gantang.patrol.models import Dated, Point, Route, Shape, Vessel, Zone
from gantang.patrol.service.common import added, check_place, mint, own, record
from gantang.patrol.service.looking import look_again
from gantang.patrol.sight import seeing
from gantang.patrol.types import LEVELS, POINT_KINDS, VESSEL_STATES, Outline
from gantang.posts import queries as posts

#: Where the coordinates of this country lie: the other way round they do not.
_EAST, _NORTH = (73.0, 136.0), (3.0, 54.0)
_PLATE, _CORNERS, _STOPS, _LEAST = 24, 400, 20, 3
_THINGS: dict[str, type[Dated]] = {"point": Point, "vessel": Vessel, "zone": Zone, "route": Route}


def add_point(
    *,
    actor: Actor,
    ground: str,
    name: str,
    kind: str,
    at: tuple[float, float] | None,
    levels: Sequence[str] = LEVELS,
    key: str,
    now: datetime,
) -> UUID:
    """Enter a point. The same key is one point. Errors: EntryError, NotRunnerError, KeyReusedError."""
    name = check_place(actor, name, ground, now)
    if kind not in POINT_KINDS or not levels or not set(levels) <= set(LEVELS):
        raise errors.wrong("kind", kind)
    if at is not None:
        check_at(at)
    kept = [one for one in LEVELS if one in levels]
    body = {"ground": ground, "name": name, "kind": kind, "at": _told([at] if at else []), "levels": kept}
    with work(seeing(actor)) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["id"])
        lon, lat = at or (None, None)
        row = Point(
            id=mint(ground, now),
            ground=ground,
            name=name,
            kind=kind,
            lon=lon,
            lat=lat,
            levels=kept,
            valid_from=now.date(),
        )
        added(w, row, "point_added", {"ground": ground, "kind": kind, "levels": kept}, now)
        claim.keep(201, {"id": str(row.id)})
    return row.id


def set_levels(*, actor: Actor, point: UUID, levels: Sequence[str], now: datetime) -> None:
    """At which levels of the water a point can be reached; shifts are looked at again. Errors: EntryError,
    NoneSuchError, NotRunnerError."""
    if not levels or not set(levels) <= set(LEVELS):
        raise errors.wrong("kind", ",".join(levels))
    with work(seeing(actor)) as w:
        row = own(w, actor, Point, point)
        row.levels = [one for one in LEVELS if one in levels]
        w.change(row, ["levels"])
        record(w, row, "point_levels", {"levels": row.levels}, now)
        w.flush()
        look_again(w, row.ground, now)


def add_vessel(
    *, actor: Actor, ground: str, name: str, plate: str, unit: int, key: str, now: datetime
) -> UUID:
    """Enter a vessel of a unit that there is. The same key is one vessel. Errors: EntryError, NotRunnerError,
    KeyReusedError; UnknownError for the unit."""
    name, plate = check_place(actor, name, ground, now), plate.strip()
    posts.unit(unit)
    if not (0 < len(plate) <= _PLATE and plate.isprintable()):
        raise errors.wrong("plate")
    with work(seeing(actor)) as w:
        body = {"ground": ground, "name": name, "plate": plate, "unit": unit}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["id"])
        if Vessel.objects.filter(plate=plate, valid_to=None).exists():
            raise errors.wrong("plate")
        row = Vessel(
            id=mint(ground, now),
            ground=ground,
            name=name,
            plate=plate,
            unit=unit,
            state="ready",
            since=now.date(),
            valid_from=now.date(),
        )
        added(w, row, "vessel_added", {"ground": ground, "unit": unit}, now)
        claim.keep(201, {"id": str(row.id)})
    return row.id


def set_vessel(*, actor: Actor, vessel: UUID, state: str, now: datetime) -> None:
    """How a vessel is from today. Errors: EntryError, NoneSuchError, NotRunnerError."""
    if state not in VESSEL_STATES:
        raise errors.wrong("kind", state)
    with work(seeing(actor)) as w:
        row = own(w, actor, Vessel, vessel)
        if row.state == state:
            return
        row.state, row.since = state, now.date()
        w.change(row, ["state", "since"], valid_to=None)
        record(w, row, "vessel_state", {"state": state}, now)


def add_zone(*, actor: Actor, ground: str, name: str, key: str, now: datetime) -> UUID:
    """Enter a zone; where it lies is drawn for each level. The same key is one zone. Errors: EntryError,
    NotRunnerError, KeyReusedError."""
    name = check_place(actor, name, ground, now)
    with work(seeing(actor)) as w:
        claim = once(w, actor=actor, key=key, body={"ground": ground, "name": name})
        if claim.again:
            return UUID(claim.ref["id"])
        row = Zone(id=mint(ground, now), ground=ground, name=name, valid_from=now.date())
        added(w, row, "zone_added", {"ground": ground}, now)
        claim.keep(201, {"id": str(row.id)})
    return row.id


def draw_zone(*, actor: Actor, zone: UUID, level: str, outline: Outline, now: datetime) -> None:
    """Where a zone lies at a level of the water; () where there it is none. The former outline is kept,
    shifts are looked at again. Errors: EntryError, NoneSuchError, NotRunnerError."""
    if level not in LEVELS:
        raise errors.wrong("kind", level)
    if outline and not (len(set(outline)) >= _LEAST and len(outline) <= _CORNERS):
        raise errors.wrong("outline")
    for at in outline:
        check_at(at)
    with work(seeing(actor)) as w:
        row = own(w, actor, Zone, zone)
        rings = [_told(outline)] if outline else []
        shape = Shape(
            id=mint(row.ground, now), ground=row.ground, zone=row, level=level, rings=rings, made_at=now
        )
        w.name([shape.id])
        w.add(shape)
        data = {"level": level, "corners": len(outline), "shape": str(shape.id)}
        record(w, row, "zone_drawn", data, now)
        w.flush()
        look_again(w, row.ground, now)


def add_route(
    *,
    actor: Actor,
    ground: str,
    name: str,
    stops: Sequence[UUID],
    zones: Sequence[UUID] = (),
    key: str,
    now: datetime,
) -> UUID:
    """Enter a route: points of one's ground in their order, and the zones on the way. The same key is
    one route. Errors: EntryError, NotRunnerError, KeyReusedError."""
    name = check_place(actor, name, ground, now)
    if not 1 < len(stops) <= _STOPS or len(zones) > _STOPS:
        raise errors.wrong("stops")
    with work(seeing(actor)) as w:
        passed = [str(one) for one in stops], [str(one) for one in zones]
        body = {"ground": ground, "name": name, "stops": passed[0], "zones": passed[1]}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["id"])
        _check_stops(stops, zones)
        row = Route(
            id=mint(ground, now),
            ground=ground,
            name=name,
            stops=passed[0],
            zones=passed[1],
            valid_from=now.date(),
        )
        added(w, row, "route_added", {"ground": ground, "stops": passed[0], "zones": passed[1]}, now)
        claim.keep(201, {"id": str(row.id)})
    return row.id


def end(*, actor: Actor, kind: str, thing: UUID, now: datetime) -> None:
    """A point, vessel, zone or route is no more from today; its row stays. Errors: EntryError, NoneSuchError,
    NotRunnerError, StateError where shifts to come need it."""
    model = _THINGS.get(kind)
    if model is None:
        raise errors.wrong("kind", kind)
    with work(seeing(actor)) as w:
        row = own(w, actor, model, thing)
        if row.valid_to is not None or _is_needed(row, now):
            raise errors.StateError
        row.valid_to = now.date()
        w.change(row, ["valid_to"], valid_to=None)
        record(w, row, "ended", {"kind": kind}, now)


def _is_needed(row: Dated, now: datetime) -> bool:
    shifts = getattr(row, "shifts", None)
    return shifts is not None and shifts.filter(ends_at__gt=now, state__in=["planned", "open"]).exists()


def _check_stops(stops: Sequence[UUID], zones: Sequence[UUID]) -> None:
    points = Point.objects.filter(pk__in=stops, valid_to=None).count()
    if points != len(set(stops)) or Zone.objects.filter(pk__in=zones, valid_to=None).count() != len(
        set(zones)
    ):
        raise errors.wrong("stops")


def check_at(at: tuple[float, float]) -> None:
    """Errors: EntryError for what lies nowhere in this country."""
    lon, lat = at
    inside = isfinite(lon) and isfinite(lat) and _EAST[0] <= lon <= _EAST[1] and _NORTH[0] <= lat <= _NORTH[1]
    if not inside:
        raise errors.wrong("coordinates", f"{lon}, {lat}")


def _told(points: Sequence[tuple[float, float]]) -> list[list[float]]:
    return [[round(lon, 6), round(lat, 6)] for lon, lat in points]
