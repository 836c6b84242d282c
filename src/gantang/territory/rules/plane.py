"""Where a point lies, exactly: rings, holes, parts and borders, and the two usual mistakes with coordinates.

Points are (longitude, latitude) in degrees, rings are lists of points with or without the first repeated.
The sign of a turn is exact for doubles, so that cells which share a border leave neither gap nor overlap.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any, Literal

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]
Part = tuple[Ring, Sequence[Ring]]
Side = Literal["inside", "border", "outside"]

# Half an ulp's worth of doubt in (a*b - c*d); below it the sign is worked out with fractions.
_DOUBT = 3.3306690738754716e-16
_CHINA = ((73.0, 136.0), (3.0, 54.0))


def turn(a: Sequence[float], b: Sequence[float], p: Point) -> int:
    """1 when p lies left of a→b, -1 right of it, 0 exactly on the line."""
    left, right = (b[0] - a[0]) * (p[1] - a[1]), (b[1] - a[1]) * (p[0] - a[0])
    value = left - right
    if abs(value) > _DOUBT * (abs(left) + abs(right)):
        return 1 if value > 0 else -1
    ax, ay, bx, by, px, py = map(Fraction, (a[0], a[1], b[0], b[1], p[0], p[1]))
    exact = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    return (exact > 0) - (exact < 0)


def side_of_ring(ring: Ring, p: Point) -> Side:
    """Whether p lies inside, outside or on one closed ring."""
    inside = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if not (min(a[1], b[1]) <= p[1] <= max(a[1], b[1])):
            continue
        side = turn(a, b, p)
        if side == 0 and min(a[0], b[0]) <= p[0] <= max(a[0], b[0]):
            return "border"
        if (a[1] > p[1]) != (b[1] > p[1]) and (side > 0) == (b[1] > a[1]):
            inside = not inside
    return "inside" if inside else "outside"


def side_of_part(part: Part, p: Point) -> Side:
    """The same for one part with its holes: inside a hole is outside, its edge is a border."""
    outer, holes = part
    side = side_of_ring(outer, p)
    if side != "inside":
        return side
    for hole in holes:
        within = side_of_ring(hole, p)
        if within != "outside":
            return "outside" if within == "inside" else "border"
    return "inside"


def side_of_shape(parts: Iterable[Part], p: Point) -> Side:
    sides = {side_of_part(part, p) for part in parts}
    return "inside" if "inside" in sides else "border" if "border" in sides else "outside"


def decide(shapes: Mapping[str, Iterable[Part]], p: Point) -> str | None:
    """The code of the shape that holds p; on a border the smallest code; None outside all of them."""
    found: dict[Side, list[str]] = {"inside": [], "border": [], "outside": []}
    for code, parts in shapes.items():
        found[side_of_shape(parts, p)].append(code)
    return min(found["inside"] or found["border"], default=None)


def believable(lon: float, lat: float) -> bool:
    """Whether the numbers are a longitude and a latitude at all."""
    return isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90


def looks_swapped(lon: float, lat: float) -> bool:
    """Whether latitude and longitude changed places: only the other way round do they lie in China."""
    (west, east), (south, north) = _CHINA
    return west <= lat <= east and south <= lon <= north


def looks_swapped_many(lon: Any, lat: Any) -> Any:
    """The same for two arrays of numbers."""
    (west, east), (south, north) = _CHINA
    return (west <= lat) & (lat <= east) & (south <= lon) & (lon <= north)


def centroid(outer: Ring) -> Point:
    """The centre of area of a ring; its mean point when it has no area."""
    x0, y0 = outer[0][0], outer[0][1]
    area = x = y = 0.0
    for a, b in zip(outer, [*outer[1:], outer[0]], strict=True):
        ax, ay, bx, by = a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not area:
        return (sum(p[0] for p in outer) / len(outer), sum(p[1] for p in outer) / len(outer))
    return (x0 + x / (3 * area), y0 + y / (3 * area))
