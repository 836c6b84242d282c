"""Outlines as files give them, looked at and made into parts. Loads shapely: for commands and jobs only."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import shape

from gantang.territory import faults
from gantang.territory.faults import RowError
from gantang.territory.rules import plane
from gantang.territory.rules.rings import Closed, opened

_POLYGONS = ("Polygon", "MultiPolygon")
_PAIR = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)")
_BETWEEN = re.compile(r"[;；|\n]")
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
