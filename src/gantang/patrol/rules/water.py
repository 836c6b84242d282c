"""What there is at a level of the water, and which of a shift's points and zones there are not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEVELS = ("flood", "normal", "low")


@dataclass(frozen=True, slots=True, order=True)
class Lost:
    """A point or a zone that there is not at a level."""

    kind: str
    thing: str


def possible(gauge: float, low_below: float | None, flood_above: float | None) -> tuple[str, ...]:
    """Which levels a reading in metres can be, by the bounds that were set; every one where none was, or
    where they cross."""
    if low_below is not None and flood_above is not None and low_below > flood_above:
        return LEVELS
    if low_below is not None and gauge < low_below:
        return ("low",)
    if flood_above is not None and gauge > flood_above:
        return ("flood",)
    out = {"low": low_below is not None, "flood": flood_above is not None}
    return tuple(one for one in LEVELS if not out.get(one))


def lost(
    level: str,
    stops: Iterable[str],
    zones: Iterable[str],
    reached: Mapping[str, Iterable[str]],
    drawn: Mapping[tuple[str, str], bool],
) -> list[Lost]:
    """``reached``: of each point the levels at which it can be reached. ``drawn``: of a zone and a level
    whether it lies there; what nobody has drawn is not said to be lost."""
    points = {one for one in stops if level not in reached.get(one, LEVELS)}
    gone = {one for one in zones if not drawn.get((one, level), True)}
    return sorted([*(Lost("point", one) for one in points), *(Lost("zone", one) for one in gone)])
