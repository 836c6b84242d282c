"""What the wall does not show to whoever passes by: figures below five, and what gives one away. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALL = 5


@dataclass(frozen=True, slots=True)
class Hidden:
    """The cells that are not shown beside their sum; ``total`` is True where the sum is not shown either.

    ``mixed``: there are larger ones among them, so none is said to be below five: which they are, tells.
    """

    cells: frozenset[str]
    total: bool
    mixed: bool


def hidden(cells: Mapping[str, int]) -> Hidden:
    """Hide 1 to 4, and as many of the next smallest as it takes that no hidden one follows from the sum and
    the others; where nothing is left to hide, the sum itself."""
    away = {code for code, n in cells.items() if is_small(n)}
    rest = sorted((n, code) for code, n in cells.items() if n >= SMALL)
    while _follow([cells[one] for one in away]) and rest:
        away.add(rest.pop(0)[1])
    values = [cells[one] for one in away]
    return Hidden(frozenset(away), _follow(values), max(values, default=0) >= SMALL)


def _follow(values: Sequence[int]) -> bool:
    """Whether hidden values follow from their sum, where it is known that each lies from one to four."""
    if not values or max(values) >= SMALL:
        return False
    return len(values) == 1 or sum(values) in (len(values), len(values) * (SMALL - 1))


def is_small(n: int) -> bool:
    """Whether a figure is not shown."""
    return 0 < n < SMALL


def shown(n: int) -> str:
    """A figure of the wall."""
    return f"<{SMALL}" if is_small(n) else f"{n:,}"


def drawn(n: int) -> float:
    """A figure as a line or bar of the wall draws it: one that is not shown stands in the middle."""
    return SMALL / 2 if is_small(n) else n
