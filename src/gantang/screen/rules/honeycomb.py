"""Where the cells of a honeycomb stand: as large as they can be in a region of a given shape. Pure."""

from dataclasses import dataclass
from math import ceil, cos, pi, sin

#: Half the height of a cell, the gap between two, and the region's width and height (units of the drawing).
SIZE, GAP = 81.0, 5.0
WIDE, HIGH = 900.0, 560.0
_ACROSS = SIZE * 3**0.5 + GAP
_DOWN = SIZE * 1.5 + GAP


@dataclass(frozen=True, slots=True)
class Comb:
    """A drawing of ``width`` × ``height`` and the middle of each cell, row by row."""

    width: float
    height: float
    middles: tuple[tuple[float, float], ...]


def comb(cells: int) -> Comb:
    """The honeycomb of so many cells, in as many columns as make them largest."""
    columns = max(range(1, max(cells, 1) + 1), key=lambda one: (_scale(cells, one), -one))
    width, height = _measure(cells, columns)
    places = []
    for number in range(cells):
        row, column = divmod(number, columns)
        shift = _ACROSS / 2 if row % 2 else 0.0
        places.append((GAP + _ACROSS / 2 + column * _ACROSS + shift, GAP + SIZE + row * _DOWN))
    return Comb(width, height, tuple(places))


def outline(x: float, y: float) -> str:
    """The corners of a cell as SVG writes them, a corner on top."""
    turns = (pi / 3 * corner + pi / 6 for corner in range(6))
    return " ".join(f"{x + SIZE * cos(turn):.1f},{y + SIZE * sin(turn):.1f}" for turn in turns)


def _scale(cells: int, columns: int) -> float:
    width, height = _measure(cells, columns)
    return min(WIDE / width, HIGH / height)


def _measure(cells: int, columns: int) -> tuple[float, float]:
    rows = max(1, ceil(cells / columns))
    width = columns * _ACROSS + (_ACROSS / 2 if rows > 1 else 0) + 2 * GAP
    return width, (rows - 1) * _DOWN + 2 * SIZE + 2 * GAP
