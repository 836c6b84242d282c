"""A matter in lists: what is asked for, and a row of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Behind:
    """The key of a count, to find the matters behind it: a measure of the tallies, its days, its unit.

    ``open`` is the stock: whatever is open of what is counted. ``then``: the ground is the one it began on.
    ``cause`` is "" for those without one, None for all; ``urban`` is urban, rural, none or empty for all.
    """

    measure: str
    since: date | None = None
    until: date | None = None
    unit: int | None = None
    then: bool = False
    cause: str | None = None
    urban: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; an empty value does not narrow. ``sort`` is one of
    ``queries.sorts_of``, else the list has its own order."""

    view: str = ""
    sort: str = ""
    states: tuple[str, ...] = ()
    class_code: str = ""
    ground: str = ""
    unit: int | None = None
    channel: str = ""
    open_only: bool = False
    urgent: bool = False
    facility: UUID | None = None
    counted: Behind | None = None


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One line of a list."""

    city: int
    id: UUID
    number: str
    gist: str
    class_code: str
    scope: str
    state: str
    status: str
    channel: str
    procedure: str
    owner_duty: str
    owner_unit: int | None
    unit: int | None
    urgent: bool
    supervision: str
    opened_at: datetime
    entered_at: datetime
    due_at: datetime | None
    total_due_at: datetime | None
    ended_at: datetime | None
    outcome: str
    version: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A gist and the class that a person gave its matter."""

    gist: str
    class_code: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter that reads like another one; ``likeness`` is from 0 to 1."""

    number: str
    gist: str
    status: str
    class_code: str
    opened_at: datetime
    ended: bool
    likeness: float
