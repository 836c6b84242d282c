"""Which unit receives a protected tip: never the accused, never below it, never in conflict, the nearest
above.

Levels are 1 (province) to 5 (village). A seat is a unit whose two posts are ready to receive. What is not
known is taken for the worse: an accused stands as high as its level or its ground says, a seat as low.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_LEVELS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}
LOWEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit in the tree: its level, its ground (a digit prefix) and the unit it stands below."""

    id: int
    level: int
    ground: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Accused:
    """Who is accused: a unit (or an official of it), or what is known: a level on a ground."""

    level: int
    ground: str
    unit: int | None = None


def level_of(ground: str) -> int:
    """The level whose divisions have codes of this length; a grid belongs to its village."""
    return next((level for digits, level in _LEVELS.items() if len(ground) <= digits), LOWEST)


def accused_of(
    *, unit: Standing | None = None, level: int | None = None, place: str = "", province: str
) -> Accused:
    """The accused, from what the reporter said.

    A named unit stands for itself. A level alone stands for every unit of it on the place. Unknown means the
    level above the place receives; with no place either, the province does.
    """
    if unit is not None:
        return Accused(min(unit.level, level_of(unit.ground)), unit.ground, unit.id)
    if not place.startswith(province):
        return Accused(min(level or 2, 2), province)
    known = level_of(place)
    said = min(level or known, known)
    return Accused(said, place[: _digits(said)])


def _digits(level: int) -> int:
    return next(digits for digits, one in _LEVELS.items() if one == level)


def route(
    accused: Accused,
    *,
    seats: Iterable[int],
    units: Mapping[int, Standing],
    conflicts: Mapping[int, Iterable[int]],
) -> tuple[int, ...]:
    """The seats that may receive, the nearest first; none means that the tip is handed in on paper.

    ``conflicts`` gives for a seat the units that somebody who holds it declared a conflict with.
    """
    fit = [units[seat] for seat in seats if seat in units and _fits(units[seat], accused, units)]
    free = [one for one in fit if not _in_conflict(conflicts.get(one.id, ()), accused, units)]
    return tuple(one.id for one in sorted(free, key=lambda one: (-_low(one), -len(one.ground), one.id)))


def _low(seat: Standing) -> int:
    """How low a seat stands: its level, or that of its ground if that is lower."""
    return max(seat.level, level_of(seat.ground))


def _fits(seat: Standing, accused: Accused, units: Mapping[int, Standing]) -> bool:
    above = _low(seat) < accused.level and accused.ground.startswith(seat.ground)
    return above and (accused.unit is None or accused.unit not in _chain(seat.id, units))


def _chain(unit: int, units: Mapping[int, Standing]) -> tuple[int, ...]:
    """A unit and everything it stands below; a ring ends where it began."""
    chain: list[int] = []
    at: int | None = unit
    while at is not None and at in units and at not in chain:
        chain.append(at)
        at = units[at].parent
    return tuple(chain)


def _in_conflict(declared: Iterable[int], accused: Accused, units: Mapping[int, Standing]) -> bool:
    """A conflict with a unit reaches everything below it, and whatever an unnamed accused may be."""
    return any(_may_be(other, accused, units) for other in declared)


def _may_be(other: int, accused: Accused, units: Mapping[int, Standing]) -> bool:
    if accused.unit is not None:
        return other == accused.unit or other in _chain(accused.unit, units)
    unit = units.get(other)
    return unit is None or unit.ground.startswith(accused.ground) or accused.ground.startswith(unit.ground)
