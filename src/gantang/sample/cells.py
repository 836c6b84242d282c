"""Schematic ground (示意): a honeycomb shared out among townships and villages. Pure, deterministic.

No boundary of the real world is in it. Each township takes the free cells nearest to its one public point;
its cells are then cut into villages along the longer side. A cell becomes one grid, so every grid lies in
one village and none overlap: neighbours share the very same corners.
"""

from collections.abc import Callable, Mapping, Sequence
from math import cos, hypot, radians, sqrt

Point = tuple[float, float]
Cell = tuple[int, int]
Ring = tuple[Point, ...]

# Kilometres: circumradius of a cell, and a degree of latitude.
RADIUS = 0.6
DEGREE = 111.2
_CORNERS = ((0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1), (1, 1))


class Honeycomb:
    """Cells around an origin. A cell is (x, y) in half-steps, so that corners have whole numbers too."""

    def __init__(self, origin: Point) -> None:
        self._origin = origin
        self._x = RADIUS * sqrt(3) / 2 / (DEGREE * cos(radians(origin[1])))
        self._y = RADIUS / 2 / DEGREE

    def place(self, x: int, y: int) -> Point:
        """Longitude and latitude of a corner or centre, to the metre: equal corners give equal numbers."""
        return round(self._origin[0] + x * self._x, 5), round(self._origin[1] + y * self._y, 5)

    def ring(self, cell: Cell) -> Ring:
        """The six corners, counter-clockwise from the north."""
        return tuple(self.place(cell[0] + dx, cell[1] + dy) for dx, dy in _CORNERS)

    def distance(self, cell: Cell, point: Point) -> float:
        """Kilometres from a cell's centre to a point, flat."""
        lon, lat = self.place(*cell)
        east = (lon - point[0]) * DEGREE * cos(radians(self._origin[1]))
        return hypot(east, (lat - point[1]) * DEGREE)

    def around(self, point: Point, kilometres: float) -> list[Cell]:
        """All cells whose centre lies within a distance of a point, nearest first."""
        columns = round((point[0] - self._origin[0]) / self._x)
        row = round((point[1] - self._origin[1]) / self._y / 3)
        wide = int(kilometres / (RADIUS * sqrt(3) / 2)) + 2
        high = int(kilometres / (RADIUS * 1.5)) + 2
        found = [
            (x, 3 * r)
            for r in range(row - high, row + high + 1)
            for x in range(columns - wide, columns + wide + 1)
            if (x - r) % 2 == 0
        ]
        near = ((self.distance(cell, point), cell) for cell in found)
        return [cell for away, cell in sorted(near) if away <= kilometres]


def share_out(
    comb: Honeycomb, points: Mapping[str, Point], needs: Mapping[str, int], reach: float = 6.0
) -> dict[str, list[Cell]]:
    """Give each key as many cells as it needs; a cell goes to the key it is nearest to, for the key's size.

    ``reach`` is how many kilometres beyond its own size a key may look; it is doubled until all have enough.
    """
    wishes = []
    for key, point in points.items():
        size = sqrt(needs[key])
        cells = comb.around(point, RADIUS * size + reach)
        wishes += [(comb.distance(cell, point) / size, key, cell) for cell in cells]
    given: dict[str, list[Cell]] = {key: [] for key in points}
    taken: set[Cell] = set()
    for _, key, cell in sorted(wishes):
        if cell not in taken and len(given[key]) < needs[key]:
            taken.add(cell)
            given[key].append(cell)
    short = any(len(given[key]) < needs[key] for key in points)
    return share_out(comb, points, needs, reach * 2) if short else given


def divide(cells: Sequence[Cell], needs: Mapping[str, int]) -> dict[str, list[Cell]]:
    """Cut one lump of cells into compact pieces of given sizes, by halving along the longer side."""
    keys = list(needs)
    if len(keys) == 1:
        return {keys[0]: sorted(cells)}
    half = len(keys) // 2
    first = {key: needs[key] for key in keys[:half]}
    second = {key: needs[key] for key in keys[half:]}
    ordered = sorted(cells, key=_across(cells))
    cut = sum(first.values())
    return divide(ordered[:cut], first) | divide(ordered[cut:], second)


def _across(cells: Sequence[Cell]) -> Callable[[Cell], Cell]:
    """The order along the longer side: a step in x is √3/2 of a radius, a step in y half of one."""
    wide = (max(x for x, _ in cells) - min(x for x, _ in cells)) * sqrt(3)
    high = max(y for _, y in cells) - min(y for _, y in cells)
    return (lambda cell: cell) if wide >= high else (lambda cell: (-cell[1], cell[0]))


def spread(known: Mapping[str, Point], keys: Sequence[str]) -> dict[str, Point]:
    """A point for every key: the public one, else one on a spiral around the middle of the others."""
    points = {key: known[key] for key in keys if key in known}
    middle = (
        sum(lon for lon, _ in points.values()) / len(points),
        sum(lat for _, lat in points.values()) / len(points),
    )
    for turn, key in enumerate(key for key in keys if key not in points):
        far = 0.03 * (turn + 1)
        east, north = ((1, 1), (-1, -1), (1, -1), (-1, 1))[turn % 4]
        points[key] = (round(middle[0] + east * far, 4), round(middle[1] + north * far, 4))
    return points
