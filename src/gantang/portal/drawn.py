"""The ground below a place as a picture that can be touched: our own outlines, drawn on the server as SVG.

Without outlines there is no picture; the lists beside it say the same, and need neither script nor pointer.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from gantang.territory import queries as territory
from gantang.territory.errors import NoMapError

#: Units: its width, the margin around, and the most of its height.
WIDTH, MARGIN, TALLEST = 360.0, 8.0, 300.0
#: Names are written where there are few enough to be read.
MOST_NAMES = 14
SHORT = 5
#: What the map of a county, a township, a village shows; wider ground is chosen from the lists.
_LEVELS = {6: 4, 9: 5, 12: 6}


@dataclass(frozen=True, slots=True)
class Area:
    """One place: its code, its whole name, its outline, and where its short name is written ("" for none)."""

    code: str
    name: str
    path: str
    short: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture: its size in units, its areas, where a point lies in it, and how to read a touch back:
    lon = west + x / across, lat = north - y / down."""

    width: float
    height: float
    areas: tuple[Area, ...]
    west: float
    north: float
    across: float
    down: float
    point: tuple[float, float] | None = None


def picture(ground: str, *, point: tuple[str, str] | None = None) -> Picture | None:
    """What lies below a county, township or village; None where it is wider or not mapped."""
    ground = ground[:12]
    if len(ground) not in _LEVELS:
        return None
    try:
        packed = territory.layer(ground, _LEVELS[len(ground)]).packed
    except NoMapError:
        return None
    found = json.loads(gzip.decompress(packed))["features"]
    return _drawn(found, point) if found else None


def _drawn(found: list[dict[str, Any]], point: tuple[str, str] | None) -> Picture:
    corners = [corner for one in found for ring in _rings(one["geometry"]) for corner in ring]
    west, east = min(lon for lon, _lat in corners), max(lon for lon, _lat in corners)
    south, north = min(lat for _lon, lat in corners), max(lat for _lon, lat in corners)
    squeeze = cos(radians((north + south) / 2))
    inner = WIDTH - 2 * MARGIN
    down = min(inner / max((east - west) * squeeze, 1e-6), (TALLEST - 2 * MARGIN) / max(north - south, 1e-6))
    across = down * squeeze
    left = west - (WIDTH / across - (east - west)) / 2
    top = north + MARGIN / down
    made = _Frame(left, top, across, down)
    areas = tuple(_area(one, made, named=len(found) <= MOST_NAMES) for one in found)
    height = (north - south) * down + 2 * MARGIN
    shown = made.at(float(point[0]), float(point[1])) if point else None
    inside = shown if shown and 0 <= shown[0] <= WIDTH and 0 <= shown[1] <= height else None
    return Picture(WIDTH, round(height, 1), areas, left, top, across, down, inside)


@dataclass(frozen=True, slots=True)
class _Frame:
    west: float
    north: float
    across: float
    down: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """A place on the earth in the picture's units."""
        return round((lon - self.west) * self.across, 1), round((self.north - lat) * self.down, 1)


def _area(one: dict[str, Any], frame: _Frame, *, named: bool) -> Area:
    told = one["properties"]
    x, y = frame.at(*told["at"])
    name = str(told["name"])
    short = name.removesuffix("村民委员会").removesuffix("居民委员会")[:SHORT]
    path = "".join(_path(ring, frame) for ring in _rings(one["geometry"]))
    return Area(str(told["code"]), name, path, short if named else "", x, y)


def _rings(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        yield from part


def _path(ring: Iterable[list[float]], frame: _Frame) -> str:
    told = [f"{x:g} {y:g}" for x, y in (frame.at(corner[0], corner[1]) for corner in ring)]
    return "M" + "L".join(told) + "Z"
