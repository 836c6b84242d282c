"""A day of the patrol as the desk shows it: the command page, a shift's duty, what the map draws."""

from datetime import datetime, timedelta
from typing import Any

from gantang.desk.patrol import Names, home, order_lines, shown, targets
from gantang.kit.actor import Actor
from gantang.patrol import queries
from gantang.patrol.queries import words
from gantang.patrol.types import ShiftView
from gantang.posts import queries as posts

#: So many of a vessel's last positions are shown.
_PLACES = 12


def page_of(actor: Actor, now: datetime) -> dict[str, Any]:
    """The command page: the water, what waits for a decision, the shifts of a day."""
    names, ground = Names(actor), home(actor)
    until = now + timedelta(hours=24)
    every = {one.id: one for one in queries.shifts(actor, since=now, until=until)}
    waiting = queries.concerns(actor)
    level = queries.level(actor, ground)
    affected = queries.shifts_by(actor, (one.shift for one in waiting))
    return {
        "ground": ground,
        "level": level,
        "level_word": words.LEVEL_WORDS[level.level] if level else "",
        "level_by": posts.post_titles([level.post]).get(level.post, "") if level and level.post else "",
        "waiting": [
            {
                **shown(shift, names),
                "things": [names.of.get(c.thing, "") for c in waiting if c.shift == number],
                "level": next(words.LEVEL_WORDS[c.level] for c in waiting if c.shift == number),
                "may": queries.runs(actor, shift.ground),
                "ways": [one for one in names.choices(names.routes) if one[0] != str(shift.route)],
            }
            for number, shift in sorted(affected.items(), key=lambda item: item[1].starts_at)
        ],
        "lines": [shown(one, names) for one in every.values()],
        "orders": order_lines(actor, queries.orders(actor), names),
        "commands": queries.commands(actor, ground),
        "targets": targets(every.values(), names, now),
        "zones": [(one, _at(one.outlines, level.level if level else "normal")) for one in names.zones],
        "runs": queries.runs(actor, ground),
    }


def duty_of(actor: Actor, one: ShiftView, names: Names, now: datetime) -> dict[str, Any]:
    """A shift's log, orders and handovers, and what the actor may do about them."""
    log = queries.log(actor, one.id)
    span = {"since": now - timedelta(hours=12), "until": now + timedelta(hours=36)}
    others = [each for each in queries.shifts(actor, **span) if each.id != one.id]
    crew = actor.post in {post for post, _unit in one.crew}
    return {
        "log": log,
        "level": words.LEVEL_WORDS.get(log.level, "") if log else "",
        "positions": log.positions[:_PLACES] if log else (),
        "orders": order_lines(actor, queries.orders(actor, shift=one.id), names),
        "handovers": [(each, each.to == one.id) for each in queries.handovers(actor, one.id)],
        "crew": crew,
        "targets": targets(others, names, now),
        "finds": crew and one.state in ("open", "closed"),
    }


def _at(outlines: Any, level: str) -> str:
    """Whether a zone lies somewhere at a level: drawn, none, unknown."""
    return "unknown" if level not in outlines else "drawn" if outlines[level] else "none"


def features(actor: Actor) -> dict[str, Any]:
    """Zones at the level of the water and points, as GeoJSON. Nobody's place: the patrol's own."""
    level = queries.level(actor, home(actor))
    at = level.level if level else "normal"
    zones = [(one.name, one.outlines.get(at, ())) for one in queries.zones(actor)]
    points = [(one.name, one.at, at in one.levels) for one in queries.points(actor) if one.at]
    drawn = [_feature("Polygon", [[*ring, ring[0]]], name, "zone") for name, ring in zones if ring]
    marks = [
        _feature("Point", place, name, "point" if reached else "lost") for name, place, reached in points
    ]
    boats = {one.id: one.name for one in queries.vessels(actor)}
    out = [
        _feature("Point", (lon, lat), boats.get(vessel, ""), "vessel")
        for vessel, lon, lat in queries.last_positions(actor)
    ]
    return {"type": "FeatureCollection", "features": [*drawn, *marks, *out]}


def _feature(form: str, coordinates: Any, name: str, kind: str) -> dict[str, Any]:
    geometry = {"type": form, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name, "kind": kind}}
