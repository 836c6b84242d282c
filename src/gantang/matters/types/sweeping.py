"""Long work over many matters: clocks counted anew, work handed on, ground that changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SweepView:
    """A changed calendar, an outage or changed remits on the way through the open matters, in figures."""

    id: UUID
    kind: str
    ground: str
    key: str
    since: datetime | None
    until: datetime | None
    reason: str
    looked: int
    moved: int
    settled: int
    failed: int
    made_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A deadline or a holder that moved, of a matter in sight."""

    number: str
    gist: str
    class_code: str
    ground: str
    due_before: datetime | None
    due_after: datetime | None
    total_before: datetime | None
    total_after: datetime | None
    unit_before: int | None = None
    unit_after: int | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """Open matters that changed remits would give from one unit to another, by duty; of the same unit: to
    another post."""

    duty: str
    before: int
    after: int
    count: int


@dataclass(frozen=True, slots=True)
class Rerouted:
    """What changed remits would do to open matters: how many were looked at, how many move from where
    to where.

    ``tied`` cannot be told, because two remits would say the same; ``more``: not all were looked at.
    """

    looked: int
    moving: int
    handed: tuple[Handed, ...]
    tied: int
    more: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of a calendar would do to open matters: how many were looked at, how many move and where.

    ``more``: there are further matters that were not looked at. ``settled`` lose only their "provisional".
    """

    looked: int
    later: int
    earlier: int
    settled: int
    more: bool


@dataclass(frozen=True, slots=True)
class GroundTouched:
    """Open matters on ground that changes; ``without`` have no point; ``more``: not all were counted;
    ``doubled`` go into another one of their campaign, since their grids become one."""

    open: int
    without: int
    more: bool
    doubled: int = 0
