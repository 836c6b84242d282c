"""Many points at once, with shapely's tree. For jobs and commands only: it loads numpy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import shapely

from gantang.territory.rules import plane
from gantang.territory.rules.plane import Part, Point
from gantang.territory.types import Located


class Locator:
    """The grids of a ground on a day, kept in memory; answers exactly as ``queries.locate`` does."""

    def __init__(self, shapes: Mapping[str, Sequence[Part]]) -> None:
        self._codes = list(shapes)
        self._shapes = [
            shapely.MultiPolygon([(outer, list(holes)) for outer, holes in shapes[c]]) for c in self._codes
        ]
        self._tree = shapely.STRtree(self._shapes)

    def locate(self, points: Iterable[Point]) -> Iterator[Located]:
        """One answer for each point (lon, lat), in order."""
        for lon, lat in points:
            yield self._one(lon, lat)

    def _one(self, lon: float, lat: float) -> Located:
        if plane.looks_swapped(lon, lat):
            return Located(None, None, "swapped")
        if not plane.believable(lon, lat):
            return Located(None, None, "outside")
        point = shapely.Point(lon, lat)
        touched = [int(index) for index in self._tree.query(point, predicate="intersects")]
        inside = [index for index in touched if self._shapes[index].contains(point)]
        code = min((self._codes[index] for index in inside or touched), default=None)
        return Located(code, code[:12]) if code else Located(None, None, "outside")
