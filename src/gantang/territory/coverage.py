"""Gaps and overlaps between grids. Loads shapely: for commands and jobs only.

A border that two grids share appears twice, once in each direction. What is left over is an outer border, or
something is wrong there: so only the left-over lines are looked at, which are few where the ground is sound.
They enclose faces; one that no grid covers is a gap, one that two cover is an overlap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy
import shapely

#: Corners within a centimetre of each other are one.
_STEP = 1e-7
_SHIFT = 1 << 31
_METRES = 111_320.0
Array = Any


@dataclass(frozen=True, slots=True)
class Face:
    """A piece of ground that no grid covers, or several; ``grids`` cover it, or else stand around it."""

    covered: int
    grids: tuple[str, ...]
    point: tuple[float, float]
    square_metres: float


def faces(shapes: Mapping[str, Any], *, least: float) -> list[Face]:
    """Gaps and overlaps of at least so many square metres. ``shapes`` are valid polygons by code."""
    codes = list(shapes)
    grids = shapely.orient_polygons(numpy.array([shapes[code] for code in codes], dtype=object))
    if not codes:
        return []
    found = shapely.get_parts(shapely.polygonize([shapely.union_all(_left_over(grids))]))
    found = found[[square_metres(one) >= least for one in found]] if len(found) else found
    return _judged(found, codes, grids)


def square_metres(shape: Any) -> float:
    """The area of a shape in degrees, by the length of a degree at its middle."""
    return float(shape.area) * _METRES * _METRES * cos(radians(sum(shape.bounds[1::2]) / 2))


def _judged(found: Array, codes: Sequence[str], grids: Array) -> list[Face]:
    """Each face by how many grids cover it; those that one covers are as they should be."""
    tree, points = shapely.STRtree(grids), shapely.point_on_surface(found)
    within, touching = (_hits(tree, points, how) for how in ("within", "intersects"))
    made = []
    for place, numbers in within.items():
        if numbers != touching[place]:  # the point lies on a sound border that runs through the face
            numbers = _over(tree, found[place], grids)
        if len(numbers) == 1:
            continue
        over = [codes[number] for number in numbers]
        near = tree.query(found[place], predicate="dwithin", distance=2 * _STEP)
        around = over or [codes[grid] for grid in near.tolist()]
        point = (round(float(points[place].x), 6), round(float(points[place].y), 6))
        made.append(Face(len(over), tuple(sorted(around)), point, square_metres(found[place])))
    return made


def _hits(tree: Any, points: Array, how: str) -> dict[int, list[int]]:
    """The grids that each point lies in, by its place."""
    hits: dict[int, list[int]] = {place: [] for place in range(len(points))}
    for place, grid in zip(*tree.query(points, predicate=how).tolist(), strict=True):
        hits[place].append(grid)
    return hits


def _over(tree: Any, face: Any, grids: Array) -> list[int]:
    """The grids that cover a face by their areas in it; one is enough where they only share it out."""
    near = tree.query(face, predicate="intersects")
    areas = shapely.area(shapely.intersection(grids[near], face))
    covered = round(float(areas.sum() / face.area))
    # Largest first: where the grids only share the face out, one of them is all that covers it.
    in_order: list[int] = near[numpy.argsort(-areas)].tolist()
    return in_order[:covered] if covered < 2 else in_order[: int((areas > 0).sum())]


def _left_over(grids: Array) -> Array:
    """The border lines that are not met by the same line of another grid the other way round."""
    start, end = _edges(grids)
    first, second = _key(start), _key(end)
    moved = first != second  # what is shorter than a step is a point
    start, end, first, second = start[moved], end[moved], first[moved], second[moved]
    forward = first < second
    low: Array = numpy.where(forward, first, second)
    high: Array = numpy.where(forward, second, first)
    order: Array = numpy.lexsort((high, low))
    low, high, forward = low[order], high[order], forward[order]
    begins = numpy.flatnonzero(numpy.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
    counts = numpy.diff(numpy.r_[begins, len(low)])
    there = numpy.add.reduceat(forward.astype(numpy.int64), begins)
    met = numpy.repeat((counts == 2) & (there == 1), counts)
    left = order[~met]
    return shapely.linestrings(numpy.stack([start[left], end[left]], axis=1) * _STEP)


def _edges(grids: Array) -> tuple[Array, Array]:
    """Start and end of every side of every ring, in whole steps."""
    _kind, points, (rings, *_) = shapely.to_ragged_array(grids)
    steps = numpy.rint(points / _STEP).astype(numpy.int64)
    within = numpy.ones(len(steps) - 1, dtype=bool)
    within[numpy.asarray(rings[1:-1]) - 1] = False  # the last corner of a ring leads nowhere
    return steps[:-1][within], steps[1:][within]


def _key(corners: Array) -> Array:
    """One number for a corner: its steps east of 180° W, and north of the pole."""
    return (corners[:, 0] + int(180 / _STEP)) * _SHIFT + corners[:, 1] + int(90 / _STEP)
