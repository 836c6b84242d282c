"""Schematic ground (示意): one honeycomb, cut into counties, townships and villages. Pure, deterministic.

No boundary of the real world is in it. The whole is an ellipse of cells; it is halved again and again along
its longer side, and what lies further west, or north, by its public points gets that half. A cell becomes one
grid, so every grid lies in one village, none overlap and nothing is left between them: neighbours share the
very same corners.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import cos, pi, radians, sqrt

Point = tuple[float, float]
Cell = tuple[int, int]
Ring = tuple[Point, ...]

# Kilometres: circumradius of a cell, so that 100,000 of them are a province; and a degree of latitude.
RADIUS = 0.78
DEGREE = 111.2
_CORNERS = ((0, 2), (-1, 1), (-1, -1), (0, -2), (1, -1), (1, 1))
#: A half-step east and one north, in circumradii; and the area of a cell.
_EAST, _NORTH, _AREA = sqrt(3) / 2, 0.5, 1.5 * sqrt(3)


class Honeycomb:
    """Cells around an origin. A cell is (x, y) in half-steps, so that corners have whole numbers too."""

    def __init__(self, origin: Point) -> None:
        self._origin = origin
        self._x = RADIUS * _EAST / (DEGREE * cos(radians(origin[1])))
        self._y = RADIUS * _NORTH / DEGREE

    def place(self, x: int, y: int) -> Point:
        """Longitude and latitude of a corner or centre, to the metre: equal corners give equal numbers."""
        return round(self._origin[0] + x * self._x, 5), round(self._origin[1] + y * self._y, 5)

    def ring(self, cell: Cell) -> Ring:
        """The six corners, counter-clockwise from the north."""
        return tuple(self.place(cell[0] + dx, cell[1] + dy) for dx, dy in _CORNERS)


def lump(many: int, *, tall: float = 1.0) -> list[Cell]:
    """So many cells around the origin without a hole, ``tall`` times as high as wide, nearest first."""
    half = sqrt(many * _AREA / pi / tall)
    columns, rows = int(half * 1.1 / _EAST) + 2, int(half * tall * 1.1 / (3 * _NORTH)) + 2
    found = [
        ((x * _EAST) ** 2 + (3 * row * _NORTH / tall) ** 2, (x, 3 * row))
        for row in range(-rows, rows + 1)
        for x in range(-columns, columns + 1)
        if (x - row) % 2 == 0
    ]
    return [cell for _, cell in sorted(found)[:many]]


def nearest(cells: Sequence[Cell], many: int) -> list[Cell]:
    """So many cells of a lump, around its middle."""
    east, north = (sum(axis) / len(cells) for axis in zip(*cells, strict=True))
    far = {cell: ((cell[0] - east) * _EAST) ** 2 + ((cell[1] - north) * _NORTH) ** 2 for cell in cells}
    return sorted(cells, key=lambda cell: (far[cell], cell))[:many]


def divide(
    cells: Sequence[Cell], needs: Mapping[str, int], points: Mapping[str, Point] | None = None
) -> dict[str, list[Cell]]:
    """Cut one lump of cells into compact pieces of given sizes, by halving along the longer side.

    Keys lie beside each other as their ``points`` do, else in their order. ``needs`` add up to the cells.
    """
    if len(needs) == 1:
        return {key: sorted(cells) for key in needs}
    wide = _is_wide(cells)
    keys = sorted(needs, key=lambda key: _along(points[key], wide=wide)) if points else list(needs)
    sums = list(accumulate(needs[key] for key in keys))
    half = min(range(1, len(keys)), key=lambda place: abs(sums[place - 1] - sums[-1] / 2))
    ordered = sorted(cells, key=lambda cell: _along(cell, wide=wide))
    first = {key: needs[key] for key in keys[:half]}
    second = {key: needs[key] for key in keys[half:]}
    cut = sums[half - 1]
    return divide(ordered[:cut], first, points) | divide(ordered[cut:], second, points)


def _is_wide(cells: Sequence[Cell]) -> bool:
    wide = (max(x for x, _ in cells) - min(x for x, _ in cells)) * _EAST
    return wide >= (max(y for _, y in cells) - min(y for _, y in cells)) * _NORTH


def _along(place: tuple[float, float], *, wide: bool) -> tuple[float, float]:
    """The order along the longer side: west to east, or north to south."""
    return place if wide else (-place[1], place[0])
