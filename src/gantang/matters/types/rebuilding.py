"""Rows and counts beside what the ledger says."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the ledger says. ``stored`` and ``rebuilt`` are codes, ``-`` where one of
    them is missing. ``mendable``: a repair puts the rebuilt value in its place."""

    city: int
    number: str
    matter: UUID
    column: str
    stored: str
    rebuilt: str
    mendable: bool = True


@dataclass(frozen=True, slots=True)
class CountDifference:
    """A kept count that is not what the rebuilt rows add up to, by the words of its key."""

    city: int
    key: tuple[str, ...]
    kept: int
    rebuilt: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What a rebuild found: the first of it, and how much ``more`` there is."""

    differences: tuple[Difference, ...] = ()
    counts: tuple[CountDifference, ...] = ()
    more: int = 0

    @property
    def none(self) -> bool:
        return not (self.differences or self.counts or self.more)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How rows, counts and vault stand beside the ledger: what differs now, and what a repair has mended."""

    matters: int
    steps: int
    found: Listed = Listed()
    mended: Listed = Listed()

    @property
    def sound(self) -> bool:
        """Whether everything is as the ledger says now."""
        return self.found.none
