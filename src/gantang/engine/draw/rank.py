"""Which row each box stands in: after all that lead to it, taken in the order of the file; ends come last."""

from __future__ import annotations

from collections.abc import Mapping

from gantang.engine.draw.scene import Box, Scene, Tie


def ranks(scene: Scene) -> Mapping[str, int]:
    """The rank of each box, from 0; the two boxes of a tie never share one."""
    order = _order(scene)
    above = _above(scene, order)
    found: dict[str, int] = {}
    for name in sorted(order, key=order.__getitem__):
        found[name] = max((found[one] + 1 for one in above[name]), default=0)
    return _settled(scene, order, found)


def forward(scene: Scene, tie: Tie) -> bool:
    """Whether a tie leads down the drawing."""
    order = _order(scene)
    return order[tie.source] < order[tie.target]


def _order(scene: Scene) -> dict[str, int]:
    """The order of the file, ends after all others; a box for many states stands before them."""
    boxes = sorted(scene.boxes, key=_kind)
    return {box.name: at for at, box in enumerate(boxes)}


def _kind(box: Box) -> int:
    return 1 if box.state is not None and not box.is_end else 2 if box.is_end else 0


def _above(scene: Scene, order: Mapping[str, int]) -> dict[str, set[str]]:
    """For each box those that stand above it, whichever way the tie leads."""
    found: dict[str, set[str]] = {name: set() for name in order}
    for tie in scene.ties:
        upper, lower = sorted((tie.source, tie.target), key=order.__getitem__)
        found[lower].add(upper)
    return found


def _settled(scene: Scene, order: Mapping[str, int], found: dict[str, int]) -> dict[str, int]:
    """Ends moved down to the last row, and what nothing leads to moved down beside what it leads to; a box
    without any line (what may be done in many states, and stays there) to the first row, which has room."""
    last = max(found.values())
    below: dict[str, list[str]] = {name: [] for name in order}
    for tie in scene.ties:
        upper, lower = sorted((tie.source, tie.target), key=order.__getitem__)
        below[upper].append(lower)
    above = _above(scene, order)
    for name in sorted(order, key=order.__getitem__, reverse=True):
        box = next(one for one in scene.boxes if one.name == name)
        if box.state is None and not above[name] and not below[name]:
            found[name] = 0
        elif box.is_end or (not above[name] and name != scene.first):
            found[name] = min((found[one] for one in below[name]), default=last + (not box.is_end)) - (
                0 if box.is_end and not below[name] else 1
            )
    return {name: max(rank, 0) for name, rank in found.items()}
