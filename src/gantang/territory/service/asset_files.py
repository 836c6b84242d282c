"""Facilities and places given out to a file, page by page."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gantang.kit.page import Page
from gantang.territory import queries
from gantang.territory.rules import asset_columns
from gantang.territory.types import FacilityView, PlaceView

_FACILITY = ("code", "kind", "name", "ground", "lon", "lat", "installed_on", "condition", "keeper")
_PLACE = ("name", "ground", "address", "lon", "lat", "services", "hours", "phone")


def write_assets(path: Path, *, places: bool, ground: str, units: Mapping[int, str] | None = None) -> int:
    """Write the facilities, or the ``places``, that stand on a ground; the name's end says the format
    (.csv, .xlsx, .geojson). ``units`` names the keepers. How many. Errors: GroundError."""
    from gantang.territory.formats import points

    rows = list(_places(ground) if places else _facilities(ground, units or {}))
    points.save(path, _PLACE if places else _FACILITY, rows, places=places)
    return len(rows)


def _facilities(ground: str, units: Mapping[int, str]) -> Iterator[dict[str, str]]:
    kinds = {one.code: one.zh for one in queries.facility_kinds()}

    def page(cursor: str | None) -> Page[FacilityView]:
        return queries.facilities([ground], cursor=cursor, size=200)

    for one in _every(page):
        yield {
            **_same(one),
            "code": one.code,
            "kind": kinds.get(one.kind, one.kind),
            "installed_on": one.installed_on.isoformat() if one.installed_on else "",
            "condition": asset_columns.CONDITIONS[one.condition][0],
            "keeper": "" if one.keeper is None else units.get(one.keeper, str(one.keeper)),
        }


def _places(ground: str) -> Iterator[dict[str, str]]:
    services = {one.code: one.zh for one in queries.place_services()}

    def page(cursor: str | None) -> Page[PlaceView]:
        return queries.places(ground=ground, cursor=cursor, size=200)

    for one in _every(page):
        yield {
            **_same(one),
            "address": one.address,
            "services": "、".join(services.get(code, code) for code in one.services),
            "hours": one.hours,
            "phone": one.phone,
        }


def _same(one: Any) -> dict[str, str]:
    lon, lat = ("" if degrees is None else repr(degrees) for degrees in (one.lon, one.lat))
    return {"name": one.name, "ground": one.ground, "lon": lon, "lat": lat}


def _every(page: Callable[[str | None], Page[Any]]) -> Iterator[Any]:
    found = page(None)
    while True:
        yield from found.items
        if found.next is None:
            return
        found = page(found.next)
