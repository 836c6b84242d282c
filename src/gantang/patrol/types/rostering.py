"""Who serves, what a roster is asked for, what the search came to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gantang.patrol.rules.plan import Breach, Duty, Plan, Rule


@dataclass(frozen=True, slots=True)
class Solved:
    """What became of a search. ``state``: optimal, found (perhaps not the cheapest), none (none fits),
    unknown (the limit came first) or no_extra (OR-Tools is not there). ``gaps``: the fewest that are
    missing, provably so if ``fewest``. ``conflict``: rules that cannot hold together, none of them to
    spare if ``minimal``."""

    state: str
    duties: tuple[Duty, ...] = ()
    cost: int = 0
    bound: int = 0
    gaps: tuple[Breach, ...] = ()
    fewest: bool = False
    conflict: tuple[Rule, ...] = ()
    minimal: bool = False


@dataclass(frozen=True, slots=True)
class OfficerView:
    """A post that serves; ``held`` as long as whoever held it when it was entered holds it."""

    id: UUID
    ground: str
    post: int
    unit: int
    skills: tuple[str, ...]
    leave: tuple[date, ...]
    held: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """Where a roster needs another number: at a point, in a kind of shift, on a day; in all of them where
    none is named. 0: nobody serves. Who steer and how many agencies: as elsewhere, at most the number."""

    number: int
    point: UUID | None = None
    kind: str = ""
    on: date | None = None
    helm: int | None = None
    mixed: int | None = None


@dataclass(frozen=True, slots=True)
class NewRoster:
    """What a roster is asked for: at each of the points so many in each kind of shift, so many who
    steer, of so many agencies; hours of rest, days in a row, shifts of each at most. ``other``: where it
    needs something else, the later line before the former."""

    ground: str
    first: date
    days: int
    points: tuple[UUID, ...]
    number: int = 2
    helm: int = 1
    mixed: int = 1
    rest: int = 11
    run: int = 5
    most: int | None = None
    other: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterView:
    """A roster, how far it is, and what the search came to."""

    id: UUID
    ground: str
    first: date
    days: int
    state: str
    plan: Plan
    found: Solved | None
    asked_by: int | None
    asked_at: datetime
    issued_at: datetime | None
