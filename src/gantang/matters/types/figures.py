"""Counts of matters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from gantang.engine import Words
from gantang.kit.actor import covers_class


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period: numbers of matters, and ``fen`` of money agreed on."""

    accepted: int = 0
    own_motion: int = 0
    applied: int = 0
    entrusted: int = 0
    agreed: int = 0
    oral: int = 0
    fen: int = 0
    performed: int = 0
    crime: int = 0
    mass_petition: int = 0

    @property
    def rate(self) -> float | None:
        """Agreements over acceptances of the period, 0 to 1; None where none was accepted."""
        return self.agreed / self.accepted if self.accepted else None

    @property
    def yuan(self) -> float:
        return self.fen / 100


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of a procedure: its title, and how many matters were answered so, by each answer."""

    title: Words
    lines: tuple[tuple[Words, int], ...]


@dataclass(frozen=True, slots=True)
class MonthlyLine:
    """A class of dispute (or all of them) in the month, the one before, and the same a year before."""

    class_code: str
    now: Figures
    before: Figures
    year_before: Figures


@dataclass(frozen=True, slots=True)
class Monthly:
    """The monthly form of mediation of a ground; ``month`` is its first day."""

    ground: str
    month: date
    lines: tuple[MonthlyLine, ...]
    total: MonthlyLine


@dataclass(frozen=True, slots=True)
class Balance:
    """Matters of a class over a period: how many were open before it, what came and went, what is left."""

    class_code: str
    opening: int = 0
    new: int = 0
    reopened: int = 0
    closed: int = 0
    transferred: int = 0

    @property
    def carried(self) -> int:
        """How many are open at its end."""
        return self.opening + self.new + self.reopened - self.closed - self.transferred

    @property
    def change(self) -> int:
        """How many more are open than before."""
        return self.carried - self.opening

    @property
    def fewer(self) -> int:
        """How many fewer are open than before."""
        return -self.change

    def __add__(self, other: "Balance") -> "Balance":
        """Both together, under the name of the first."""
        return Balance(
            self.class_code,
            self.opening + other.opening,
            self.new + other.new,
            self.reopened + other.reopened,
            self.closed + other.closed,
            self.transferred + other.transferred,
        )


@dataclass(frozen=True, slots=True)
class Balances:
    """The balances of a ground from day to day inclusive, a line for each class that has or had something;
    ``classes`` are those that are counted whole, with all below them. ``halves`` are the same matters told
    apart: a line named ``urban`` and one named ``rural``, where they have or had something."""

    ground: str
    since: date
    until: date
    lines: tuple[Balance, ...]
    classes: tuple[str, ...]
    halves: tuple[Balance, ...] = ()

    @property
    def total(self) -> Balance:
        return sum(self.lines, Balance(""))

    def of(self, classes: Collection[str]) -> Balance | None:
        """Some classes and all below them together, each line once; None where one is not counted whole."""
        if not all(any(covers_class(each, klass) for each in self.classes) for klass in classes):
            return None
        some = (one for one in self.lines if any(covers_class(each, one.class_code) for each in classes))
        return sum(some, Balance(""))

    def by(self, depth: int) -> list[Balance]:
        """The lines by the first parts of their classes' codes."""
        found: dict[str, Balance] = {}
        for one in self.lines:
            klass = ".".join(one.class_code.split(".")[:depth])
            found[klass] = found.get(klass, Balance(klass)) + one
        return list(found.values())
