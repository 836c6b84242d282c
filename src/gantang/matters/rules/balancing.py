"""Balances of matters (消存量、减增量、控变量): what was open, what came and went, what is left. Pure.

By the counts that are kept, on every ground: open are those that came in (``in``) or were reopened, less
those that went out or were handed over to another city.
"""

from collections.abc import Iterable, Mapping

from gantang.kit.actor import covers_class
from gantang.matters.types import Balance

MEASURES = ("in", "out", "reopened", "transferred")
_SUMS = ("opening", "new", "reopened", "closed", "transferred")


def lines(
    before: Mapping[str, Mapping[str, int]], during: Mapping[str, Mapping[str, int]]
) -> tuple[Balance, ...]:
    """A line for each class with something before or in the period; counts by class, then by measure."""
    found = (
        _line(klass, before.get(klass, {}), during.get(klass, {})) for klass in sorted({*before, *during})
    )
    return tuple(one for one in found if any(getattr(one, name) for name in _SUMS))


def grouped(some: Iterable[Balance], depth: int) -> list[Balance]:
    """The lines by the first parts of their classes' codes."""
    found: dict[str, list[Balance]] = {}
    for one in some:
        found.setdefault(".".join(one.class_code.split(".")[:depth]), []).append(one)
    return [added(each, klass) for klass, each in found.items()]


def below(some: Iterable[Balance], classes: Iterable[str]) -> list[Balance]:
    """The lines of some classes and of all below them, each once."""
    wanted = tuple(classes)
    return [one for one in some if any(covers_class(each, one.class_code) for each in wanted)]


def added(some: Iterable[Balance], klass: str = "") -> Balance:
    """Several added up, under the name of a class."""
    every = list(some)
    return Balance(klass, **{name: sum(getattr(one, name) for one in every) for name in _SUMS})


def _line(klass: str, before: Mapping[str, int], during: Mapping[str, int]) -> Balance:
    new, closed, reopened, transferred = (during.get(name, 0) for name in MEASURES)
    return Balance(klass, _stock(before), new, reopened, closed, transferred)


def _stock(counts: Mapping[str, int]) -> int:
    came = counts.get("in", 0) + counts.get("reopened", 0)
    return came - counts.get("out", 0) - counts.get("transferred", 0)
