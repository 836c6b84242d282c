"""Where slots and line ends lie: as near to what they are tied to as their neighbours in the row allow."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from gantang.engine.draw.grid import Chain, Grid, Slot

ROUNDS = 80
GAP, LOW, HIGH = 26.0, 30.0, 74.0
PORT = 18.0
INFINITE = float("inf")


def place(grid: Grid) -> None:
    """Gives every slot its `x` and `y`; the leftmost begins at 0, the first row at 0."""
    for row in grid.rows:
        at = 0.0
        for slot in row:
            slot.x = at + slot.wide / 2
            at += slot.wide + GAP
    for turn in range(ROUNDS):
        for row in grid.rows if turn % 2 == 0 else grid.rows[::-1]:
            _settle(row)
    for _ in range(3):
        for chain in grid.chains:
            _straighten(grid, chain)
    left = min(slot.x - slot.wide / 2 for slot in grid.slots())
    for slot in grid.slots():
        slot.x -= left
    _rows(grid)


def _settle(row: list[Slot]) -> None:
    """Moves the slots of a row towards their neighbours' middle, in their order, without overlap."""
    wanted, weights = [], []
    for slot in row:
        pulls = [(one.x, _pull(slot, one)) for one in (*slot.up, *slot.down)]
        weight = sum(pull for _, pull in pulls)
        wanted.append(sum(x * pull for x, pull in pulls) / weight if weight else slot.x)
        weights.append(weight or 0.1)
    apart = [_apart(one, other) for one, other in itertools.pairwise(row)]
    for slot, x in zip(row, spread(wanted, weights, apart), strict=True):
        slot.x = x


def _straighten(grid: Grid, chain: Chain) -> None:
    """Puts the slots that a line passes exactly below each other, as far as their neighbours leave room."""
    run: list[Slot] = []
    low, high = -INFINITE, INFINITE
    for slot in chain.slots[1:-1]:
        least, most = _room(grid, slot)
        if max(low, least) > min(high, most):
            _align(run, low, high)
            run, low, high = [], -INFINITE, INFINITE
        run.append(slot)
        low, high = max(low, least), min(high, most)
    _align(run, low, high)


def _align(run: list[Slot], low: float, high: float) -> None:
    """One x for all of them: their middle, within what is free in every row."""
    if run:
        x = min(max(sum(one.x for one in run) / len(run), low), high)
        for slot in run:
            slot.x = x


def _room(grid: Grid, slot: Slot) -> tuple[float, float]:
    """From where to where a slot may move between its neighbours in the row."""
    row = grid.rows[slot.row]
    at = row.index(slot)
    low = row[at - 1].x + _apart(row[at - 1], slot) if at else -INFINITE
    high = row[at + 1].x - _apart(slot, row[at + 1]) if at + 1 < len(row) else INFINITE
    return low, high


def _pull(one: Slot, other: Slot) -> float:
    """Lines that pass several rows are kept straight first."""
    return {0: 1.0, 1: 2.0, 2: 8.0}[(one.box is None) + (other.box is None)]


def _apart(one: Slot, other: Slot) -> float:
    """The least distance of two neighbours' middles."""
    gap = 16.0 if one.thin and other.thin else 14.0 if one.label or other.label else GAP
    return (one.wide + other.wide) / 2 + gap


def spread(wanted: Sequence[float], weights: Sequence[float], apart: Sequence[float]) -> list[float]:
    """The positions nearest to the wanted ones (least squares) that keep their order and distances.

    With the distances taken out this is a rising regression: neighbours out of order are pooled.
    """
    offsets = [0.0]
    for one in apart:
        offsets.append(offsets[-1] + one)
    pools: list[list[float]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=False):
        pools.append([want - offset, weight, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, heavy, many = pools.pop()
            before = pools[-1]
            total = before[1] + heavy
            pools[-1] = [(before[0] * before[1] + mean * heavy) / total, total, before[2] + many]
    flat = [mean for mean, _, many in pools for _ in range(int(many))]
    return [one + offset for one, offset in zip(flat, offsets, strict=False)]


def _rows(grid: Grid) -> None:
    """The rows one below the other; the more sideways the lines go between two rows, the further apart."""
    y = 0.0
    for row in grid.rows:
        high = max((slot.high for slot in row), default=0.0)
        for slot in row:
            slot.y = y + (high - slot.high) / 2
        lean = max((abs(slot.x - one.x) for slot in row for one in slot.down), default=0.0)
        y += high + min(max(LOW, lean / 7), HIGH)


@dataclass(frozen=True, slots=True)
class Line:
    """A line from box to box as (x, y) points; between two of them it falls straight or leans over."""

    chain: Chain
    points: tuple[tuple[float, float], ...]


def lines(grid: Grid) -> list[Line]:
    """Every tie's line, from where it leaves the upper box to where it meets the lower one."""
    foot = {row[0].row: max(slot.y + slot.high for slot in row) for row in grid.rows if row}
    head = {row[0].row: min(slot.y for slot in row) for row in grid.rows if row}
    ports = _ports(grid)
    found = []
    for at, chain in enumerate(grid.chains):
        points: list[tuple[float, float]] = []
        for slot in chain.slots[1:-1]:
            points += [(slot.x, head[slot.row]), (slot.x, foot[slot.row])]
        first, last = chain.slots[0], chain.slots[-1]
        start, end = ports[at, True], ports[at, False]
        begin = [(start, first.y + first.high), (start, foot[first.row])]
        finish = [(end, head[last.row]), (end, last.y)]
        found.append(Line(chain, (*begin, *points, *finish)))
    return found


def _ports(grid: Grid) -> dict[tuple[int, bool], float]:
    """Where each line leaves its upper box (True) and meets its lower one (False), side by side."""
    found: dict[tuple[int, bool], float] = {}
    for box in grid.boxes.values():
        for upper in (True, False):
            ends = [
                (chain.slots[1 if upper else -2].x, at)
                for at, chain in enumerate(grid.chains)
                if chain.slots[0 if upper else -1] is box
            ]
            for (_, at), x in zip(sorted(ends), _along(box, sorted(x for x, _ in ends)), strict=True):
                found[at, upper] = x
    return found


def _along(box: Slot, wanted: list[float]) -> list[float]:
    """Ends along a side of a box: below or above what they lead to, but apart and within the side."""
    if not wanted:
        return []
    room = box.wide - 2 * PORT
    step = min(PORT, room / max(1, len(wanted) - 1))
    low, high = box.x - room / 2, box.x + room / 2
    held = [min(max(one, low), high) for one in wanted]
    found = spread(held, [1.0] * len(held), [step] * (len(held) - 1))
    over = max(0.0, found[-1] - high)
    under = max(0.0, low - found[0])
    return [one - over + under for one in found]
