"""The patrol as the desk shows it: names for ids, shifts in their order, zones at the level of the water."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.faces.vocabulary import Sign
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.patrol import queries
from gantang.patrol.queries import words
from gantang.patrol.types import OrderView, RosterView, ShiftView, Solved
from gantang.posts import queries as posts
from gantang.territory import queries as territory

_TONES = {
    "ordered": ("stone", "hourglass-low"),
    "made": ("dai", "eye-check"),
    "none": ("zhu", "alert-triangle"),
    "unknown": ("amber", "hourglass-low"),
    "issued": ("leaf", "circle-check"),
    "withdrawn": ("stone", "circle-minus"),
    "given": ("amber", "hourglass-low"),
    "heard": ("dai", "eye-check"),
    "done": ("leaf", "circle-check"),
    "planned": ("stone", "clock"),
    "open": ("dai", "arrow-bear-right"),
    "closed": ("leaf", "circle-check"),
    "cancelled": ("stone", "circle-minus"),
}
#: So many lines of what is missing, or in conflict, are shown.
SHOWN = 12


def sign(state: str) -> Sign:
    """How far a roster or a shift is."""
    tone, icon = _TONES[state]
    return Sign(tone, icon=icon, word=words.STATE_WORDS[state])


def home(actor: Actor) -> str:
    """The ground of the unit that one acts for."""
    return posts.unit(actor.unit).ground if actor.unit is not None else ""


class Names:
    """Names of what is in an actor's sight, read once a page."""

    def __init__(self, actor: Actor) -> None:
        self.points = queries.points(actor, ended=True)
        self.vessels = queries.vessels(actor, ended=True)
        self.routes = queries.routes(actor)
        self.zones = queries.zones(actor)
        every: list[Any] = [*self.points, *self.vessels, *self.routes, *self.zones]
        self.of = {one.id: one.name for one in every}

    def choices(self, things: Iterable[Any]) -> list[tuple[str, str]]:
        """Those that are in force, to choose from."""
        return [(str(one.id), one.name) for one in things if not one.ended]


def shown(one: ShiftView, names: Names) -> dict[str, Any]:
    """A shift with names; its crew by the titles of posts."""
    titles = posts.post_titles(post for post, _unit in one.crew)
    units = posts.unit_names(unit for _post, unit in one.crew)
    return {
        "shift": one,
        "sign": sign(one.state),
        "point": names.of.get(one.point, ""),
        "kind": words.KIND_WORDS.get(one.kind, one.kind),
        "vessel": names.of.get(one.vessel, "") if one.vessel else "",
        "route": names.of.get(one.route, "") if one.route else "",
        "crew": [f"{units.get(unit, '')} {titles.get(post, post)}" for post, unit in one.crew],
        "starts": one.starts_at.astimezone(clock.ZONE),
        "ends": one.ends_at.astimezone(clock.ZONE),
    }


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
        "targets": targets(every.values(), names),
        "zones": [(one, _at(one.outlines, level.level if level else "normal")) for one in names.zones],
        "runs": queries.runs(actor, ground),
    }


def targets(shifts: Iterable[ShiftView], names: Names) -> list[tuple[str, str]]:
    """Shifts that are not over, to choose one from."""
    found = []
    for one in shifts:
        if one.state in ("planned", "open"):
            line = shown(one, names)
            found.append(
                (str(one.id), f"{line['vessel']} {line['point']} {line['starts']:%m-%d %H:%M}".strip())
            )
    return found


def order_lines(actor: Actor, found: Iterable[OrderView], names: Names) -> list[dict[str, Any]]:
    """Orders with what they ask in words, and where their shift's vessel is."""
    lines, kept = [], list(found)
    shifts = queries.shifts_by(actor, (one.shift for one in kept))
    for one in kept:
        shift = shifts[one.shift]
        lines.append(
            {
                "order": one,
                "kind": words.ORDER_WORDS[one.kind],
                "point": names.of.get(one.point, "") if one.point else "",
                "vessel": names.of.get(shift.vessel, "") if shift.vessel else "",
                "sign": sign(one.state),
                "crew": actor.post in {post for post, _unit in shift.crew},
                "commands": queries.commands(actor, shift.ground),
            }
        )
    return lines


def duty_of(actor: Actor, one: ShiftView, names: Names, now: datetime) -> dict[str, Any]:
    """A shift's log, orders and handovers, and what the actor may do about them."""
    log = queries.log(actor, one.id)
    span = {"since": now - timedelta(hours=12), "until": now + timedelta(hours=36)}
    others = [each for each in queries.shifts(actor, **span) if each.id != one.id]
    crew = actor.post in {post for post, _unit in one.crew}
    return {
        "log": log,
        "level": words.LEVEL_WORDS.get(log.level, "") if log else "",
        "positions": log.positions[:SHOWN] if log else (),
        "orders": order_lines(actor, queries.orders(actor, shift=one.id), names),
        "handovers": [(each, each.to == one.id) for each in queries.handovers(actor, one.id)],
        "crew": crew,
        "targets": targets(others, names),
        "place": names.of.get(one.point, ""),
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


def roster_page(actor: Actor, one: RosterView) -> dict[str, Any]:
    """A roster as a table of days, and where none fits what stands in the way."""
    names = Names(actor)
    spoken = {str(number): name for number, name in names.of.items()}
    spoken |= {f"kind:{code}": str(word) for code, word in words.KIND_WORDS.items()}
    units = {int(each.agency.removeprefix("unit:")) for each in one.plan.officers if each.agency}
    spoken |= {f"agency:unit:{number}": name for number, name in posts.unit_names(units).items()}
    found = one.found or Solved("unknown")
    kinds = sorted({each.kind for each in found.duties}, key=lambda kind: one.plan.kind[kind].begins)
    gaps = queries.gap_lines(one.plan, found, spoken)
    conflict = queries.conflict_lines(one.plan, found, spoken)
    return {
        "roster": one,
        "sign": sign(one.state),
        "place": " ".join(territory.path(one.ground)[-2:]),
        "last": one.plan.date_of(one.days - 1),
        "kinds": [spoken.get(f"kind:{kind}", kind) for kind in kinds],
        "rows": _rows(one, found, kinds, spoken),
        "found": found,
        "gaps": gaps[:SHOWN],
        "more_gaps": max(0, len(gaps) - SHOWN),
        "conflict": conflict[:SHOWN],
        "more_conflict": max(0, len(conflict) - SHOWN),
        "runs": queries.runs(actor, one.ground),
        "own": one.asked_by is not None and one.asked_by == actor.account,
    }


def _rows(
    one: RosterView, found: Solved, kinds: Sequence[str], points: dict[str, str]
) -> list[dict[str, Any]]:
    """A line for each day and point: who serves in each kind of shift."""
    serves = _crew_words(one, found, points)
    crews: dict[tuple[int, str], dict[str, list[str]]] = {}
    for each in found.duties:
        line = crews.setdefault((each.day, each.place), {kind: [] for kind in kinds})
        line[each.kind].append(serves[each.post])
    return [
        {"on": one.plan.date_of(day), "point": points.get(place, place), "crews": list(line.values())}
        for (day, place), line in sorted(crews.items())
    ]


def _crew_words(one: RosterView, found: Solved, spoken: dict[str, str]) -> dict[int, str]:
    """Each post that serves, by its title; with its agency where several send posts."""
    titles = posts.post_titles({each.post for each in found.duties})
    agency = {each.post: each.agency for each in one.plan.officers if each.post in titles}
    if len(set(agency.values())) < 2:
        return titles
    return {post: f"{spoken.get(f'agency:{agency[post]}', '')} {title}" for post, title in titles.items()}


def number_of(text: str) -> UUID:
    """An id as it was sent; one that is nothing's where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
