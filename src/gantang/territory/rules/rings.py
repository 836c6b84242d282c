"""Shapes in one form, so that two files of the same ground are seen to be the same, and shapes as text.

A file format turns rings round, begins them elsewhere, or repeats the first point: none of that is a change.
Shapes are parts, each an outer ring and its holes, in (longitude, latitude).
"""

from collections.abc import Iterable, Iterator, Sequence

from gantang.territory.rules.datum import Datum, stored
from gantang.territory.rules.plane import Part, Point, Ring

Closed = tuple[Point, ...]
#: A tenth of a millimetre, in degrees.
_NEAR = 1e-9
Normal = tuple[tuple[Closed, tuple[Closed, ...]], ...]


def opened(ring: Ring) -> Closed:
    """The ring as points (lon, lat) alone: no height, no point twice in a row, the first not repeated."""
    points: list[Point] = []
    for each in ring:
        point = (float(each[0]), float(each[1]))
        if not points or points[-1] != point:
            points.append(point)
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return tuple(points)


def normal(parts: Iterable[Part]) -> Normal:
    """The same shape always in the same form: from the smallest point on, outer rings anticlockwise."""
    made = (
        (_turned(outer, left=True), tuple(sorted(_turned(hole, left=False) for hole in holes)))
        for outer, holes in parts
    )
    return tuple(sorted(made))


def same(one: Iterable[Part], other: Iterable[Part]) -> bool:
    return normal(one) == normal(other)


def near(one: Normal, other: Normal) -> bool:
    """Whether two shapes in normal form differ by less than a tenth of a millimetre: what converting from
    another coordinate system leaves."""
    if [_counts(part) for part in one] != [_counts(part) for part in other]:
        return False
    pairs = zip(_points(one), _points(other), strict=True)
    return all(abs(p[0] - q[0]) < _NEAR and abs(p[1] - q[1]) < _NEAR for p, q in pairs)


def _counts(part: tuple[Closed, tuple[Closed, ...]]) -> tuple[int, ...]:
    return tuple(len(ring) for ring in (part[0], *part[1]))


def _points(shape: Normal) -> Iterator[Point]:
    return (point for outer, holes in shape for ring in (outer, *holes) for point in ring)


def converted(parts: Iterable[Part], datum: Datum) -> tuple[tuple[Closed, tuple[Closed, ...]], ...]:
    """The parts as they are stored, given in ``datum``."""
    return tuple(
        (_moved(outer, datum), tuple(_moved(hole, datum) for hole in holes)) for outer, holes in parts
    )


def doubled_area(ring: Sequence[Sequence[float]]) -> float:
    """Twice the area in square degrees, negative for a clockwise ring."""
    x0, y0 = ring[0][0], ring[0][1]
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in pairs)


def written(parts: Sequence[Part]) -> str:
    """The shape as WKT, every digit kept, so that what is read again is equal; "" for no shape."""
    if not parts:
        return ""
    bodies = [f"({', '.join(_ring(ring) for ring in (outer, *holes))})" for outer, holes in parts]
    return f"POLYGON {bodies[0]}" if len(bodies) == 1 else f"MULTIPOLYGON ({', '.join(bodies)})"


def coordinates(parts: Sequence[Part]) -> list[list[list[list[float]]]]:
    """The coordinates of a GeoJSON MultiPolygon, each ring closed."""
    return [
        [[[p[0], p[1]] for p in (*opened(ring), opened(ring)[0])] for ring in (outer, *holes)]
        for outer, holes in parts
    ]


def _turned(ring: Ring, *, left: bool) -> Closed:
    points = opened(ring)
    if (doubled_area(points) > 0) != left:
        points = points[::-1]
    first = points.index(min(points))
    return points[first:] + points[:first]


def _moved(ring: Ring, datum: Datum) -> Closed:
    return tuple(stored(datum, point) for point in opened(ring))


def _ring(ring: Ring) -> str:
    points = opened(ring)
    return f"({', '.join(f'{x!r} {y!r}' for x, y in (*points, points[0]))})"
