"""Matters of one campaign that lie on one ground, because grids became one: which of them goes into which.

The ground is asked once. Stays whatever somebody did anything in, else the one that began first; each that
nobody touched goes into it. What somebody reported is never taken away: of two such both stay, and each hands
in what it found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from gantang.engine import Case, Procedure
from gantang.matters.rules.campaigns import MERGED

#: The move by which a matter goes into another one.
MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Asked:
    """An open matter of a campaign: what it is asked of, and whether somebody acted in it."""

    matter: UUID
    campaign: int | None
    hash: str
    ground: str
    unit: str | None
    acted: bool

    @property
    def same(self) -> tuple[object, ...]:
        """Alike for matters that ask one thing of one ground twice."""
        return self.campaign, self.hash, self.ground, self.unit


def asked(matter: UUID, campaign: int | None, ground: str, case: Case) -> Asked:
    """An open matter as it counts here."""
    return Asked(matter, campaign, case.hash, ground, case.chosen.get("unit"), bool(case.uses))


def can_merge(procedure: Procedure) -> bool:
    """Whether a campaign's own procedure says how one goes into another."""
    move = procedure.moves.get(MERGE)
    return procedure.campaign is not None and move is not None and MERGED in move.outcomes


def pairs(found: Iterable[Asked]) -> list[tuple[UUID, UUID]]:
    """(matter, the one it goes into), for those whose ground is asked more than once."""
    alike: dict[tuple[object, ...], list[Asked]] = {}
    for one in sorted(found, key=lambda one: (not one.acted, one.matter)):
        alike.setdefault(one.same, []).append(one)
    return [
        (one.matter, first.matter) for first, *others in alike.values() for one in others if not one.acted
    ]
