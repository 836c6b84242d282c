"""Balances of matters (消存量、减增量、控变量): what was open, what came and went, what is left. Pure.

By the counts that are kept, on every ground (``tallies.types.stock``).
"""

from collections.abc import Mapping

from gantang.matters.types import Balance
from gantang.tallies.types import STOCK, stock


def lines(
    before: Mapping[str, Mapping[str, int]], during: Mapping[str, Mapping[str, int]]
) -> tuple[Balance, ...]:
    """A line for each class, or for town and country, with something before or in the period; counts by that,
    then by measure."""
    found = (
        _line(klass, before.get(klass, {}), during.get(klass, {})) for klass in sorted({*before, *during})
    )
    return tuple(one for one in found if one != Balance(one.class_code))


def _line(klass: str, before: Mapping[str, int], during: Mapping[str, int]) -> Balance:
    new, closed, reopened, transferred = (during.get(name, 0) for name in STOCK)
    return Balance(klass, stock(before), new, reopened, closed, transferred)
