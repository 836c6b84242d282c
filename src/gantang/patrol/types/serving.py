"""Shifts on duty: their logs, orders, what is handed over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift with its crew, by posts; ``found``: numbers of the matters it came upon."""

    id: UUID
    ground: str
    point: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    vessel: UUID | None
    route: UUID | None
    state: str
    crew: tuple[tuple[int, int], ...]
    concerns: int
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastView:
    """A shift that is over: when its vessel was out and back, the level then, orders given and done."""

    shift: ShiftView
    out_at: datetime | None
    back_at: datetime | None
    level: str
    orders: int
    done: int


@dataclass(frozen=True, slots=True)
class ConcernView:
    """That a shift leads through what there is not at a level of the water."""

    id: UUID
    shift: UUID
    kind: str
    thing: UUID
    level: str
    state: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order to a shift: given, heard, done; ``raised`` to the command where nobody heard it in time, to
    the leader after as long again ("" for neither)."""

    id: UUID
    shift: UUID
    kind: str
    point: UUID | None
    matter: str
    state: str
    given_at: datetime
    due_at: datetime | None
    heard_at: datetime | None
    done_at: datetime | None
    raised: str


@dataclass(frozen=True, slots=True)
class LogView:
    """A vessel's log: out, back, the level and the outlines as they were then, where it was (the newest
    first)."""

    id: UUID
    shift: UUID
    vessel: UUID
    level: str
    shapes: tuple[UUID, ...]
    out_at: datetime
    back_at: datetime | None
    positions: tuple[tuple[datetime, float, float], ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """What a shift leaves to another: how many orders are open, and whether it is taken."""

    id: UUID
    shift: UUID
    to: UUID
    orders: int
    given_at: datetime
    taken_at: datetime | None
