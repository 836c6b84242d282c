"""Maps of divisions: grids dissolved upward, simplified together, written as GeoJSON. Loads shapely: for
commands and jobs only.

Borders that two pieces of ground share are one line before and after: all outlines of a map are simplified at
once, and those of wider ground are put together from the simplified ones.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy
import shapely

from gantang.territory.rules.plane import Part

#: So many bytes a map may have, before it is packed.
MOST = 200_000
#: Corners within a centimetre of each other are one, as the check of grids takes them.
_STEP = 1e-7
#: A map is this many dots wide to begin with: what is smaller is left out. It gets coarser until it fits.
_DOTS, _COARSER, _TURNS = 2_000, 1.4, 12
#: From this tolerance on (degrees, some 40 m) four decimals say enough.
_COARSE = 4e-4
Outlines = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map before it is packed, and how coarse it is, in degrees; ``sound`` says that no borders cross."""

    body: bytes
    tolerance: float
    sound: bool


def of_parts(shapes: Mapping[str, Iterable[Part]]) -> Outlines:
    """Outlines by code, mended where a ring crosses itself; what has no area is left out."""
    found = {}
    for code, parts in shapes.items():
        shape = shapely.set_precision(_polygons(parts), _STEP, mode="pointwise")
        shape = shape if shape.is_valid else _areas(shapely.make_valid(shape))
        if not shape.is_empty:
            found[code] = shape
    return found


def _polygons(parts: Iterable[Part]) -> Any:
    polygons = [shapely.Polygon(outer, holes) for outer, holes in parts]
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def _areas(shape: Any) -> Any:
    """The polygons in a shape, without lines and points."""
    kept = [one for one in shapely.get_parts(shape) if one.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(kept)


def of_wkb(outlines: Mapping[str, bytes]) -> Outlines:
    """Outlines that were kept; those without area are left out."""
    found = {code: shapely.from_wkb(outline) for code, outline in outlines.items()}
    return {code: shape for code, shape in found.items() if not shape.is_empty}


def to_wkb(outline: Any) -> bytes:
    """An outline as it is kept."""
    return bytes(shapely.to_wkb(outline))


def united(outlines: Outlines) -> Any:
    """All of it as one outline; an empty one for none."""
    return _united(list(outlines.values())) if outlines else shapely.Polygon()


def dissolved(outlines: Outlines, digits: int) -> Outlines:
    """The outlines of the ground that so many digits of a code name, holes kept."""
    groups: dict[str, list[Any]] = {}
    for code, shape in outlines.items():
        groups.setdefault(code[:digits], []).append(shape)
    return {prefix: _united(shapes) for prefix, shapes in groups.items()}


def _united(shapes: list[Any]) -> Any:
    pieces = numpy.array(shapes, dtype=object)
    if len(pieces) == 1:
        return pieces[0]
    united = shapely.coverage_union_all(pieces) if shapely.coverage_is_valid(pieces) else None
    return shapely.union_all(pieces) if united is None or not united.is_valid else united


def drawn(outlines: Outlines, digits: tuple[int, ...], about: Mapping[str, Mapping[str, Any]]) -> Drawn:
    """The map of some outlines and of those that ``digits`` of their codes name, the narrowest given first.

    ``about`` is what is said of each piece of ground by its code. It is made ever coarser until it has no
    more than ``MOST`` bytes; where even that is not enough, the narrowest pieces are left out.
    """
    if not outlines:
        return Drawn(_written({}, about, 5), 0.0, sound=True)
    codes, shapes = list(outlines), numpy.array(list(outlines.values()), dtype=object)
    west, south, east, north = shapely.total_bounds(shapes)
    first = float(max(east - west, north - south)) / _DOTS
    sound = bool(shapely.coverage_is_valid(shapes))
    for tolerance in (first * _COARSER**turn for turn in range(_TURNS)):
        decimals = 4 if tolerance >= _COARSE else 5
        simple = dict(zip(codes, _simplified(shapes, tolerance, decimals, sound=sound), strict=True))
        body = _written(_levels(simple, digits), about, decimals)
        if len(body) <= MOST:
            return Drawn(body, tolerance, sound)
    return drawn(dissolved(outlines, digits[0]), digits[1:], about)


def _simplified(shapes: Any, tolerance: float, decimals: int, *, sound: bool) -> Any:
    """Together where they fit together, else one by one: then borders may drift apart."""
    simple = shapely.coverage_simplify(shapes, tolerance) if sound else shapely.simplify(shapes, tolerance)
    rounded = shapely.set_precision(simple, 10.0**-decimals, mode="pointwise")
    return [one if one.is_valid and not one.is_empty else _mended(one) for one in rounded]


def _mended(shape: Any) -> Any:
    return _areas(shapely.make_valid(shape))


def _levels(simple: Outlines, digits: tuple[int, ...]) -> Outlines:
    """The widest ground first, so that what is narrower is drawn over it."""
    found = dict(simple)
    for many in digits:
        found |= dissolved(simple, many)
    return dict(sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0])))


def _written(outlines: Outlines, about: Mapping[str, Mapping[str, Any]], decimals: int) -> bytes:
    features = [
        _feature(code, shape, about.get(code, {}), decimals)
        for code, shape in outlines.items()
        if not shape.is_empty
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
    )
    return text.encode()


def _feature(code: str, shape: Any, about: Mapping[str, Any], decimals: int) -> dict[str, Any]:
    """``at`` is a point within, for its name."""
    place = shapely.point_on_surface(shape)
    at = [round(place.x, decimals), round(place.y, decimals)]
    return {
        "type": "Feature",
        "properties": {"code": code, **about, "at": at},
        "geometry": {"type": shape.geom_type, "coordinates": _coordinates(shape, decimals)},
    }


def _coordinates(shape: Any, decimals: int) -> Any:
    if shape.geom_type == "MultiPolygon":
        return [_coordinates(one, decimals) for one in shape.geoms]
    turned = shapely.orient_polygons(shape)
    return [
        numpy.round(shapely.get_coordinates(ring), decimals).tolist()
        for ring in (turned.exterior, *turned.interiors)
    ]
