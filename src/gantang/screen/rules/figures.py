"""From counts to figures: intervals, steps of colour. Pure."""

from collections.abc import Iterable
from math import sqrt

#: Steps of the ramp.
STEPS = 6
_Z = 1.96


def cuts(values: Iterable[int]) -> tuple[int, ...]:
    """Where the steps of the ramp begin, from the second on: ascending, each met by some value, at most five.

    By rank, so that one large place does not make all others alike.
    """
    ranked = sorted({one for one in values if one > 0})
    if len(ranked) <= STEPS:
        return tuple(ranked[1:])
    places = (len(ranked) * step // STEPS for step in range(1, STEPS))
    return tuple(sorted({ranked[place] for place in places}))


def step(value: int, found: tuple[int, ...]) -> int:
    """The step of a value: 0 where there is nothing, else 1 to 6."""
    return 0 if value <= 0 else 1 + sum(value >= one for one in found)


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share at 95 %, from 0 to 1; the whole range where there is nothing to divide."""
    if of <= 0:
        return 0.0, 1.0
    p, z2 = hits / of, _Z * _Z
    middle, spread = p + z2 / (2 * of), _Z * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + z2 / of)), min(1.0, (middle + spread) / (1 + z2 / of))
