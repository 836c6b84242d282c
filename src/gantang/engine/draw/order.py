"""The order of slots in each row, so that few lines cross: sweeps by the middle of neighbours, then swaps."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable

from gantang.engine.draw.grid import Grid, Slot

SWEEPS = 24
Rows = list[list[Slot]]


def untangle(grid: Grid) -> None:
    """Puts every row of the grid into the best order found."""
    rows = grid.rows
    best, least = [list(row) for row in rows], crossings(rows)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else rows[::-1]:
            _by_middle(rows, row, _up if down else _down)
        _swap(rows)
        found = crossings(rows)
        if found < least:
            best, least = [list(row) for row in rows], found
    rows[:] = best


def _up(slot: Slot) -> list[Slot]:
    return slot.up


def _down(slot: Slot) -> list[Slot]:
    return slot.down


def _places(rows: Rows) -> dict[Slot, int]:
    return {slot: at for row in rows for at, slot in enumerate(row)}


def _by_middle(rows: Rows, row: list[Slot], near: Callable[[Slot], list[Slot]]) -> None:
    """Sorts a row by the mean place of the neighbours in the next row; a slot without any keeps its place."""
    place = _places(rows)

    def middle(slot: Slot) -> float:
        found = [place[one] / max(1, len(rows[one.row]) - 1) for one in near(slot)]
        return sum(found) / len(found) if found else place[slot] / max(1, len(row) - 1)

    row.sort(key=middle)


def _swap(rows: Rows) -> None:
    """Swaps neighbours in a row as long as that takes crossings away."""
    place, going, rounds = _places(rows), True, 0
    while going and rounds < 20:
        going, rounds = False, rounds + 1
        for row in rows:
            for at in range(len(row) - 1):
                one, other = row[at], row[at + 1]
                if _crossed(one, other, place) > _crossed(other, one, place):
                    row[at], row[at + 1] = other, one
                    place[one], place[other] = at + 1, at
                    going = True


def _crossed(left: Slot, right: Slot, place: dict[Slot, int]) -> int:
    """How often the lines of two neighbours cross each other."""
    return sum(
        place[one] > place[other] for near in (_up, _down) for one in near(left) for other in near(right)
    )


def crossings(rows: Rows) -> int:
    """How many pairs of lines cross."""
    place, total = _places(rows), 0
    for row in rows:
        seen: list[int] = []
        ends = [place[one] for slot in row for one in sorted(slot.down, key=place.__getitem__)]
        for at in ends:
            total += len(seen) - bisect_right(seen, at)
            insort(seen, at)
    return total
