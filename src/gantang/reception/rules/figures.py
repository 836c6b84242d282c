"""The tables of an edition: how they are laid out, kept, and read again."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from gantang.reception.rules.suppress import Cell, Cube, Tree, summed
from gantang.tallies.types import SMALL

#: No number below this is published.
K = SMALL
ALL, PERIOD, REST, OTHER = "all", "period", "rest", "unlisted"
CLOSED, ON_TIME, LATE = "closed", "on_time", "late"
RECEIVED = "received"
#: The tables of an edition, each covered by itself.
CUBES = (RECEIVED, CLOSED)
MOST_MONTHS = 12


def months(since: date, until: date) -> list[date]:
    """The first days of the months from one to the other, inclusive."""
    found, at = [], since
    while at <= until:
        found.append(at)
        at = (at.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found


def last_of(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def code_of(month: date) -> str:
    """2026-11."""
    return f"{month:%Y-%m}"


def top(klass: str, known: Iterable[str]) -> str:
    """The class at the top above a class; ``unlisted`` where it is not known."""
    head = klass.partition(".")[0]
    return head if head in known else OTHER


def trees(ground: str, below: Iterable[str], classes: Iterable[str], since: date, until: date) -> list[Tree]:
    """The directions: a ground and its parts with the rest, all classes, a period and its months."""
    return [
        Tree(ground, (*below, REST)),
        Tree(ALL, (*classes, OTHER)),
        Tree(PERIOD, tuple(code_of(one) for one in months(since, until))),
    ]


def cubes(directions: list[Tree], numbers: Mapping[Cell, tuple[int, int, int]]) -> dict[str, Cube]:
    """The two cubes of an edition, from received, closed and on time of every part.

    What was closed late is the difference of two published numbers, so it is a part of its own, and covered.
    """
    came = {cell: received for cell, (received, _, _) in numbers.items()}
    ended: dict[Cell, int] = {}
    for cell, (_, closed, on_time) in numbers.items():
        ended[(*cell, ON_TIME)] = min(on_time, closed)
        ended[(*cell, LATE)] = max(0, closed - on_time)
    timed = [*directions, Tree(CLOSED, (ON_TIME, LATE))]
    return {RECEIVED: summed(directions, came), CLOSED: summed(timed, ended)}


def spelt(cells: Iterable[Cell]) -> list[str]:
    """Cells as they are kept."""
    return sorted("|".join(cell) for cell in cells)


def kept(cube: Cube) -> dict[str, Any]:
    """A cube as it is kept: its directions and every number but 0."""
    return {
        "trees": [[tree.root, *tree.parts] for tree in cube.trees],
        "numbers": {"|".join(cell): n for cell, n in sorted(cube.values.items()) if n},
    }


def read(given: Mapping[str, Any]) -> Cube:
    """A cube as it was kept."""
    directions = tuple(Tree(one[0], tuple(one[1:])) for one in given["trees"])
    whole = summed(directions, {})
    numbers = {tuple(cell.split("|")): n for cell, n in given["numbers"].items()}
    return Cube(directions, {cell: numbers.get(cell, 0) for cell in whole.values})


def unspelt(cells: Iterable[str]) -> frozenset[Cell]:
    """Cells that were kept."""
    return frozenset(tuple(cell.split("|")) for cell in cells)


def shown(
    cubes_: Mapping[str, Cube], left: Mapping[str, frozenset[Cell]]
) -> dict[str, dict[Cell, int | None]]:
    """What everybody sees: received, closed and on time by ground, class and month; None where left out."""

    def seen(name: str, cell: Cell) -> int | None:
        return None if cell in left[name] else cubes_[name].values[cell]

    cells = list(cubes_[RECEIVED].values)
    return {
        RECEIVED: {cell: seen(RECEIVED, cell) for cell in cells},
        CLOSED: {cell: seen(CLOSED, (*cell, CLOSED)) for cell in cells},
        ON_TIME: {cell: seen(CLOSED, (*cell, ON_TIME)) for cell in cells},
    }


def lines(
    tables: Mapping[str, Mapping[Cell, int | None]],
) -> Iterator[tuple[str, str, str, int | None, int | None, int | None]]:
    """The tables line by line: ground, class, month, received, closed, on time."""
    for cell in tables[RECEIVED]:
        ground, klass, month = cell
        yield ground, klass, month, tables[RECEIVED][cell], tables[CLOSED][cell], tables[ON_TIME][cell]
