"""What an entry does to the balance, what the book looks like after it, and what a year comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

OPENING, INCOME, USE = "opening", "income", "use"
SIDES = (OPENING, INCOME, USE)
#: A line of the book: its day, its number there, what it does to the balance.
Line = tuple[date, int, int]


@dataclass(frozen=True, slots=True)
class Sums:
    """A year in whole fen. What was reversed is taken off its own side, so ``income`` and ``use`` may be
    below nothing where an earlier year's entry was reversed."""

    opening: int
    income: int
    use: int

    @property
    def closing(self) -> int:
        """Opening + income - use."""
        return self.opening + self.income - self.use


def effect(side: str, fen: int, *, reversal: bool = False) -> int:
    """What an entry of so many fen does to the balance."""
    return -fen if (side == USE) != reversal else fen


def side_of(kind: str) -> str:
    """``income.donation`` is income."""
    return kind.partition(".")[0]


def short_on(base: int, lines: Sequence[Line], new: tuple[date, int]) -> date | None:
    """The first day on which the book would be below nothing with one more line at the end of its day.

    ``base`` is the balance before all ``lines``, which stand in the order of the book. Every line is looked
    at, not only the end of a day.
    """
    on, amount = new
    before = [line for line in lines if line[0] <= on]
    balance = base
    for day, _number, each in (*before, (on, 0, amount), *lines[len(before) :]):
        balance += each
        if balance < 0:
            return day
    return None


def year_sums(opening: int, effects: Iterable[tuple[str, int]]) -> Sums:
    """A year from the balance carried into it and each approved entry's side and effect."""
    sums = dict.fromkeys(SIDES, 0)
    for side, amount in effects:
        sums[side] += amount
    return Sums(opening + sums[OPENING], sums[INCOME], -sums[USE])
