"""Outlines as files give them, looked at and made into parts. Loads shapely: for commands and jobs only."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy
import shapely
from shapely.geometry import shape

from gantang.territory import faults
from gantang.territory.faults import RowError
from gantang.territory.rules import plane
from gantang.territory.rules.rings import Closed, opened

_POLYGONS = ("Polygon", "MultiPolygon")
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)")
_BETWEEN = re.compile(r"[;；|\n]")
#: Rings read together: their text is in memory several times.
_TOGETHER = 10_000
Row = tuple[str, int, str]
Parts = tuple[tuple[Closed, tuple[Closed, ...]], ...]


def of_text(text: str) -> Any:
    """The shape in a cell: WKT, a GeoJSON geometry, or corners ``lon,lat;lon,lat;…``. Errors: RowError."""
    try:
        if text.startswith("{"):
            return shape(json.loads(text))
        if text[:1].isalpha():
            return shapely.from_wkt(text)
        return shapely.Polygon(_corners(text))
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise RowError(faults.unreadable_shape()) from None


def checked(geometry: Any) -> Any:
    """The shape without heights, if it can be the outline of a grid in degrees. Errors: RowError."""
    if geometry.is_empty:
        raise RowError(faults.empty_shape())
    if geometry.geom_type not in _POLYGONS:
        raise RowError(faults.no_polygon(geometry.geom_type))
    flat = shapely.force_2d(geometry)
    west, south, east, north = flat.bounds
    if plane.looks_swapped(west, south) and plane.looks_swapped(east, north):
        raise RowError(faults.swapped())
    if not math.isfinite(shapely.get_coordinates(flat).sum()):
        raise RowError(faults.unreadable_shape())
    if not (plane.believable(west, south) and plane.believable(east, north)):
        raise RowError(faults.no_degrees())
    if not flat.is_valid:
        raise RowError(faults.invalid_shape(str(shapely.is_valid_reason(flat))))
    return flat


def parts_of(geometry: Any) -> Parts:
    """Polygons as parts, rings without their closing point."""
    if geometry is None:
        return ()
    polygons = geometry.geoms if geometry.geom_type == "MultiPolygon" else [geometry]
    return tuple(
        (_ring(one.exterior), tuple(_ring(hole) for hole in one.interiors))
        for one in polygons
        if not one.is_empty
    )


def of_parts(parts: Iterable[plane.Part]) -> Any:
    return shapely.MultiPolygon([(outer, list(holes)) for outer, holes in parts])


def of_rows(rows: Iterable[Row]) -> dict[str, Any]:
    """The same for a whole ground, all at once: rings in order, each with its grid, its number (0 opens a
    part, the others are its holes) and its corners as JSON text, ``[[lon, lat], …]``."""
    codes: list[tuple[str, int]] = []
    rings: list[Any] = []
    for some in _some(rows):
        codes += [(code, ring) for code, ring, _text in some]
        rings.append(_rings([text for _code, _ring, text in some]))
    if not codes:
        return {}
    opens = numpy.array([ring == 0 for _code, ring in codes])
    parts = shapely.polygons(numpy.concatenate(rings), indices=numpy.cumsum(opens) - 1)
    owners = [code for code, ring in codes if ring == 0]
    places = {code: place for place, code in enumerate(dict.fromkeys(owners))}
    whole = shapely.multipolygons(parts, indices=numpy.array([places[code] for code in owners]))
    return dict(zip(places, whole, strict=True))


def _some(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, _TOGETHER)):
        yield some


def _rings(texts: Sequence[str]) -> Any:
    counts = numpy.array([text.count("[") - 1 for text in texts])
    numbers = numpy.fromstring(",".join(texts).replace("[", "").replace("]", ""), sep=",")
    corners = numbers.reshape(-1, 2)
    return shapely.linearrings(corners, indices=numpy.repeat(numpy.arange(len(counts)), counts))


def _ring(ring: Any) -> Closed:
    return opened(shapely.get_coordinates(ring).tolist())


def _corners(text: str) -> list[tuple[float, float]]:
    """All of the text must be pairs of numbers."""
    found = []
    for one in _BETWEEN.split(text):
        pair = _PAIR.fullmatch(one.strip())
        if pair is None and one.strip():
            raise ValueError(one)
        if pair is not None:
            found.append((float(pair[1]), float(pair[2])))
    return found
