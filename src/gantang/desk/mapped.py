"""The map of a ground as its page tells it: the same places in a table, and where it goes from there."""

import gzip
import json
from typing import Any

from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.territory import queries as territory
from gantang.territory.errors import NoMapError

#: How many digits the codes one level below have, by the digits of a code.
_BELOW = {2: 4, 4: 6, 6: 9, 9: 12, 12: 15}


def asked(actor: Actor, text: str) -> str:
    """The ground that is asked for, else the unit's own; a grid is shown in its village."""
    code = "".join(text.split())
    if not code:
        code = posts.unit(actor.unit).ground if actor.unit is not None else ""
    return code[:12]


def shown(ground: str) -> dict[str, Any]:
    """Where it lies, the places one level below, and whether there is a map."""
    found = _features(ground)
    below = [one for one in found if len(one["code"]) == _BELOW.get(len(ground))]
    places = [_place(one["code"], one["name"], one.get("urban")) for one in below] or _divisions(ground)
    return {
        "ground": ground,
        "path": _path(ground),
        "places": places,
        "settled": any(one["urban"] is not None for one in places),
        "mapped": bool(found),
        "schematic": any("schematic" in one for one in found),
    }


def _path(ground: str) -> list[tuple[str, str]]:
    """The divisions from the province down to it, with their names."""
    chain = [ground[:digits] for digits in (2, 4, 6, 9, 12) if digits <= len(ground)]
    names = territory.names(chain)
    return [(code, names[code]) for code in chain if code in names]


def _features(ground: str) -> list[dict[str, Any]]:
    """What its map says of each place, in the order of the codes; nothing without a map."""
    try:
        packed = territory.layer(ground).packed
    except NoMapError:
        return []
    found = [one["properties"] for one in json.loads(gzip.decompress(packed))["features"]]
    return sorted(found, key=lambda one: str(one["code"]))


def _divisions(ground: str) -> list[dict[str, Any]]:
    """Without a map: the divisions below, as they are known."""
    return [_place(one.prefix, one.name, one.urban) for one in territory.children(ground)]


def _place(code: str, name: str, urban: bool | None) -> dict[str, Any]:
    return {"code": code, "name": name, "urban": urban, "deeper": len(code) < 15}
