"""Many points at once, with shapely's tree. For jobs and commands only: it loads numpy."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

import numpy
import shapely

from gantang.territory.rules import plane
from gantang.territory.rules.plane import Part, Point
from gantang.territory.types import Located

#: Points looked up together: enough to lie close to each other when sorted, little enough to keep.
_CHUNK = 1 << 20
#: Points are put in the order of so many strips each way: neighbours ask the same branches of the tree.
_STRIPS = 512
_OUTSIDE, _SWAPPED = -1, -2
Array = Any


class Locator:
    """The grids of a ground on a day, kept in memory; answers exactly as ``queries.locate`` does."""

    def __init__(self, shapes: Mapping[str, Sequence[Part]]) -> None:
        self.codes = sorted(shapes)  # the smallest code has the smallest number
        self._shapes = numpy.array([_shape(shapes[code]) for code in self.codes], dtype=object)
        self._tree = shapely.STRtree(self._shapes)
        shapely.prepare(self._shapes)
        # One answer for each grid, and the two others at the end, where -1 and -2 find them.
        nowhere = [Located(None, None, "swapped"), Located(None, None, "outside")]
        self._answers = [*(Located(code, code[:12]) for code in self.codes), *nowhere]

    def locate(self, points: Iterable[Point] | Array) -> Iterator[Located]:
        """One answer for each point (lon, lat), in order. ``points`` may be an array of two columns."""
        for chunk in _chunks(points):
            yield from map(self._answers.__getitem__, self.owners(chunk).tolist())

    def owners(self, points: Array) -> Array:
        """The place in ``codes`` of each point's grid; -1 for outside of all, -2 for exchanged numbers."""
        found = numpy.full(len(points), _OUTSIDE)
        x, y = points[:, 0], points[:, 1]
        found[plane.looks_swapped_many(x, y)] = _SWAPPED
        asked = numpy.flatnonzero((found == _OUTSIDE) & (abs(x) <= 180) & (abs(y) <= 90))  # NaN is neither
        if len(asked) and len(self.codes):
            asked = asked[_order(points[asked])]
            found[asked] = self._owners(points[asked])
        return found

    def _owners(self, points: Array) -> Array:
        """The tree only says whose box a point lies in; the outlines, which are prepared, say the rest."""
        with _uncollected():
            places, grids = self._tree.query(shapely.points(points))
        held = shapely.intersects_xy(self._shapes[grids], points[places, 0], points[places, 1])
        places, grids = places[held], grids[held]
        found = numpy.full(len(points), _OUTSIDE)
        found[places] = grids
        several = numpy.bincount(places, minlength=len(points))[places] > 1
        if several.any():
            self._settle(points, places[several], grids[several], found)
        return found

    def _settle(self, points: Array, places: Array, grids: Array, found: Array) -> None:
        """Points that several grids touch: the one it lies within goes first, then the smallest code."""
        on_border = ~shapely.contains_xy(self._shapes[grids], points[places, 0], points[places, 1])
        # What is written last stays: so the first choice comes last.
        order = numpy.lexsort((grids, on_border, places))[::-1]
        found[places[order]] = grids[order]


def _shape(parts: Sequence[Part]) -> Any:
    polygons = [shapely.Polygon(outer, holes) for outer, holes in parts]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No looking for cycles meanwhile: among a million new points it costs more than all the rest."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _order(points: Array) -> Array:
    """The points' places in an order in which neighbours stand together."""
    low, high = points.min(axis=0), points.max(axis=0)
    spread = numpy.where(high > low, high - low, 1.0)
    strips = ((points - low) / spread * (_STRIPS - 1)).astype(numpy.uint32)
    return numpy.argsort(strips[:, 0] * _STRIPS + strips[:, 1])


def _chunks(points: Iterable[Point] | Array) -> Iterator[Array]:
    if isinstance(points, numpy.ndarray):
        yield from (points[start : start + _CHUNK] for start in range(0, len(points), _CHUNK))
        return
    stream = iter(points)
    while taken := list(islice(stream, _CHUNK)):
        yield numpy.fromiter(chain.from_iterable(taken), float, 2 * len(taken)).reshape(-1, 2)
