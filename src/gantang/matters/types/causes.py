"""Causes over a period, by place."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CauseCount:
    """How many matters of a cause ("" where none was told) were closed on a ground, now and before."""

    ground: str
    cause: str
    n: int
    before: int

    @property
    def change(self) -> int:
        return self.n - self.before


@dataclass(frozen=True, slots=True)
class Causes:
    """What was closed on a ground from day to day inclusive, by the grounds below it and by cause.

    ``before`` is the first day of the period before, which is as long. ``urban`` is urban, rural, none or
    empty for all. ``least``: from so many on a cause of a place comes back; None where nobody said so.
    """

    ground: str
    since: date
    until: date
    before: date
    urban: str
    counts: tuple[CauseCount, ...]
    least: int | None
    recurring: tuple[CauseCount, ...] = ()

    @property
    def total(self) -> int:
        return sum(one.n for one in self.counts)

    @property
    def empty(self) -> int:
        """How many carry no cause."""
        return sum(one.n for one in self.counts if not one.cause)
