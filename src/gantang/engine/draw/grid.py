"""Slots in rows: boxes in even rows, between them labels, and a thin slot wherever a line passes a row."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from gantang.engine.draw.rank import forward, ranks
from gantang.engine.draw.scene import Box, Scene, Tie

THIN = 8.0


@dataclass(slots=True, eq=False)
class Slot:
    """A place in a row: of a box, of a label, or of a line that passes. `x` is its middle, `y` its top."""

    row: int
    wide: float
    high: float
    box: Box | None = None
    label: bool = False
    up: list[Slot] = field(default_factory=list)
    down: list[Slot] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0

    @property
    def thin(self) -> bool:
        return self.box is None and not self.label


@dataclass(slots=True, eq=False)
class Chain:
    """A tie with its slots from the upper box to the lower one; `falls` says whether it leads down."""

    tie: Tie
    slots: list[Slot]
    falls: bool

    @property
    def label(self) -> Slot:
        return next(slot for slot in self.slots if slot.label)


@dataclass(slots=True, eq=False)
class Grid:
    """All slots by row, from left to right, and the ties that run through them."""

    rows: list[list[Slot]]
    boxes: dict[str, Slot]
    chains: list[Chain]

    def slots(self) -> Iterator[Slot]:
        return (slot for row in self.rows for slot in row)


def grid(scene: Scene) -> Grid:
    """The slots of a scene, in the order of the file within each row."""
    rank = ranks(scene)
    rows: list[list[Slot]] = [[] for _ in range(2 * max(rank.values()) + 1)]
    boxes = {box.name: Slot(2 * rank[box.name], *box.size, box=box) for box in scene.boxes}
    for slot in boxes.values():
        rows[slot.row].append(slot)
    made = Grid(rows, boxes, [])
    for tie in scene.ties:
        made.chains.append(_chain(made, tie, falls=forward(scene, tie)))
    return made


def _chain(made: Grid, tie: Tie, *, falls: bool) -> Chain:
    """The slots of a tie: its label beside the box it starts from, thin ones in the rows it passes."""
    upper, lower = made.boxes[tie.source], made.boxes[tie.target]
    if not falls:
        upper, lower = lower, upper
    at = upper.row + 1 if falls else lower.row - 1
    slots = [upper]
    for row in range(upper.row + 1, lower.row):
        slot = Slot(row, *tie.size, label=True) if row == at else Slot(row, THIN, 0.0)
        made.rows[row].append(slot)
        slots.append(slot)
    slots.append(lower)
    for one, other in itertools.pairwise(slots):
        one.down.append(other)
        other.up.append(one)
    return Chain(tie, slots, falls)
