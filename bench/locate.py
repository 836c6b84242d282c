"""Points found in 100,000 grids, on one core: the locator against plain shapely, in turn, in one run.

The ground is a honeycomb whose sides are broken lines that both neighbours share: 54 corners a grid. The
points come in no order. Plain is what everybody writes first: a tree of the grids, asked for what each point
lies within; such points as lie on a border find no owner by it.
"""

import math
import time
from random import Random
from typing import Any

GRIDS, POINTS, TURNS = 100_000, 1_000_000, 3
_PIECES, _SIDE = 9, 0.002
_WEST, _SOUTH = 114.0, 25.0
_CORNERS = ((0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1))
Corner = tuple[int, int]


def measure() -> dict[str, Any]:
    """Points a second of each, the median of three turns, and how many of the points both find the same."""
    import numpy
    import shapely

    from gantang.territory.bulk import Locator

    shapes = honeycomb(GRIDS)
    began = time.process_time()
    locator = Locator(shapes)
    built = time.process_time() - began
    codes = list(shapes)
    tree = shapely.STRtree([shapely.Polygon(*shapes[code][0]) for code in codes])
    points = _points(numpy, shapes)
    ours, plain = [], []
    for _turn in range(TURNS):
        ours.append(_rate(lambda: locator.owners(points)))
        plain.append(_rate(lambda: tree.query(shapely.points(points), predicate="within")))
    answers = _rate(lambda: list(locator.locate(map(tuple, points.tolist()))))
    places, grids = tree.query(shapely.points(points), predicate="within")
    found = locator.owners(points)
    assert [codes[one] for one in grids[:1000]] == [locator.codes[one] for one in found[places[:1000]]]
    assert (locator.codes == codes) and (grids == found[places]).all(), "the two differ"
    return {
        "grids": len(codes),
        "corners": min(len(parts[0][0]) for parts in shapes.values()),
        "points": POINTS,
        "built_seconds": built,
        "points_per_second": sorted(ours)[TURNS // 2],
        "plain_per_second": sorted(plain)[TURNS // 2],
        "times": sorted(ours)[TURNS // 2] / sorted(plain)[TURNS // 2],
        "answers_per_second": answers,
        "found": int((found >= 0).sum()),
        "found_by_plain": len(places),
    }


def honeycomb(count: int) -> dict[str, list[Any]]:
    """Grids by code, each one part of 54 corners; neighbours share every corner of their border."""
    width, chance, sides = math.ceil(math.sqrt(count)), Random(1), {}
    found: dict[str, list[Any]] = {}
    for number in range(count):
        row, column = divmod(number, width)
        middle = (2 * column + row % 2, 3 * row)
        corners = [(middle[0] + x, middle[1] + y) for x, y in _CORNERS]
        ring: list[tuple[float, float]] = []
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
            key = (min(a, b), max(a, b))
            if key not in sides:
                sides[key] = _side(*key, chance)
            ring += sides[key][:-1] if a == key[0] else sides[key][:0:-1]
        found[f"36{number // 400:010}{number % 400 + 1:03}"] = [(ring, ())]
    return found


def _side(a: Corner, b: Corner, chance: Random) -> list[tuple[float, float]]:
    """A broken line from corner to corner."""
    (ax, ay), (bx, by) = _place(a), _place(b)
    shake = _SIDE / 30
    line = [(ax, ay)]
    for piece in range(1, _PIECES):
        share = piece / _PIECES
        line.append(
            (
                ax + (bx - ax) * share + chance.uniform(-shake, shake),
                ay + (by - ay) * share + chance.uniform(-shake, shake),
            )
        )
    return [*line, (bx, by)]


def _place(corner: Corner) -> tuple[float, float]:
    return _WEST + corner[0] * _SIDE * math.sqrt(3) / 2, _SOUTH + corner[1] * _SIDE / 2


def _points(numpy: Any, shapes: dict[str, list[Any]]) -> Any:
    ring = next(reversed(shapes.values()))[0][0]
    chance = numpy.random.default_rng(1)
    low = numpy.array([_WEST, _SOUTH])
    return low + chance.random((POINTS, 2)) * (numpy.array(ring).max(axis=0) - low)


def _rate(act: Any) -> float:
    began = time.process_time()
    act()
    return POINTS / (time.process_time() - began)
