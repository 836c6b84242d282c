"""The patrol as the desk shows it: names for ids, a shift, orders."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.faces.vocabulary import Sign
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.patrol import queries
from gantang.patrol.queries import words
from gantang.patrol.types import OrderView, ShiftView
from gantang.posts import queries as posts

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
    "missed": ("amber", "alert-triangle"),
    "open": ("dai", "arrow-bear-right"),
    "closed": ("leaf", "circle-check"),
    "cancelled": ("stone", "circle-minus"),
}


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


def targets(shifts: Iterable[ShiftView], names: Names, now: datetime) -> list[tuple[str, str]]:
    """Shifts that are not over, to choose one from."""
    found = []
    for one in shifts:
        if one.state in ("planned", "open") and one.ends_at > now:
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
                "raised": words.RAISED_WORDS.get(one.raised, "") if one.state == "given" else "",
            }
        )
    return lines


def number_of(text: str) -> UUID:
    """An id as it was sent; one that is nothing's where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
