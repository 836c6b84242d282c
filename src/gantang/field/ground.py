"""The own ground for the phone's map: grids with their outlines, what stands there, and what to choose."""

from datetime import date
from typing import Any

from gantang.field.forms import lang
from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.territory import queries as territory
from gantang.territory.types import GridView

_VILLAGE, _COUNTY = 12, 6
#: A phone draws a few villages; of wider posts it knows the names alone.
MOST_VILLAGES, MOST_FACILITIES, MOST_CHOICES = 3, 200, 400
#: Five decimals are a metre.
_FINE = 5


def ground(actor: Actor, *, on: date) -> dict[str, Any]:
    """``own``: prefixes; ``grids`` with outlines of villages that are few; ``grounds`` to choose from;
    ``units`` on the way; ``things`` that stand there."""
    own = posts.grounds_of(actor)
    villages = sorted({one[:_VILLAGE] for one in own if len(one) >= _VILLAGE})[:MOST_VILLAGES]
    return {
        "own": list(own),
        "grids": [one for village in villages for one in _grids(village, on)],
        "grounds": _choices(own, villages, on),
        "units": _units(own, on),
        "things": _things(own),
    }


def _grids(village: str, on: date) -> list[dict[str, Any]]:
    drawn = territory.outlines(village, on=on)
    (called,) = territory.names([village]).values() or ("",)
    return [
        {
            "code": one.code,
            "name": f"{called} {one.name}".strip(),
            "households": one.households,
            "schematic": one.schematic,
            "rings": [_ring(outer) for outer, _holes in drawn.get(one.code, ())],
            "at": _at(one),
        }
        for one in territory.grids(village, on=on)
    ]


def _ring(ring: Any) -> list[list[float]]:
    return [[round(lon, _FINE), round(lat, _FINE)] for lon, lat in ring]


def _at(one: GridView) -> list[float] | None:
    return None if one.lon is None or one.lat is None else [round(one.lon, _FINE), round(one.lat, _FINE)]


def _choices(own: tuple[str, ...], villages: list[str], on: date) -> list[list[str]]:
    """Own villages; of wider posts all villages below."""
    wide = [one for one in own if _COUNTY <= len(one) < _VILLAGE]
    below = [one.prefix for root in wide for one in territory.within(root, level=5, on=on)]
    codes = [*villages, *below][:MOST_CHOICES]
    called = territory.names([*codes, *(one[:9] for one in codes)])
    return [[one, f"{called.get(one[:9], '')} {called.get(one, one)}".strip()] for one in codes]


def _units(own: tuple[str, ...], on: date) -> list[list[Any]]:
    """Units whose ground lies on the way to the own ground."""
    if not own:
        return []
    near = posts.units(own[0][:_COUNTY], on=on)
    chain = [one for one in near if own[0].startswith(one.ground) or one.ground.startswith(own[0])]
    return [[one.id, one.name] for one in (chain or near)]


def _things(own: tuple[str, ...]) -> list[dict[str, Any]]:
    found = territory.facilities(own, size=MOST_FACILITIES).items if own else []
    english = lang().startswith("en")
    kinds = {one.code: one.en if english else one.zh for one in territory.facility_kinds()} if found else {}
    return [
        {
            "id": str(one.id),
            "code": one.code,
            "title": f"{kinds.get(one.kind, one.kind)} {one.name}".strip(),
            "at": None if one.lon is None or one.lat is None else [one.lon, one.lat],
            "ground": one.ground,
        }
        for one in found
    ]
