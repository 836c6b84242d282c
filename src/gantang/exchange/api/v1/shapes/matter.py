"""What goes out of a matter: its line in a list, the matter opened, its deadlines, its moves."""

from typing import Literal
from uuid import UUID

from gantang import engine
from gantang.exchange.api.v1.problem import Problem, Reason
from gantang.exchange.api.v1.values import At, Shown

Status = Literal[engine.STATUSES]  # type: ignore[valid-type]  # the engine's list, once


class Row(Shown):
    """A matter in a list. Units are named by /units, classes by /classes."""

    number: str
    gist: str
    class_code: str
    ground: str
    state: str
    status: Status
    channel: str
    procedure: str
    owner_duty: str
    owner_unit: int | None
    unit: int | None
    urgent: bool
    supervision: str
    opened_at: At
    entered_at: At
    due_at: At | None
    total_due_at: At | None
    ended_at: At | None
    outcome: str
    version: int


class Rows(Shown):
    """A page. `next` is the cursor of the page after it, null at the end."""

    items: list[Row]
    next: str | None


class Holding(Shown):
    """Who holds a duty: a unit and perhaps one of its posts, never a person."""

    duty: str
    unit: int | None
    post: int | None


class Stop(Shown):
    """An interval that did not count."""

    since: At
    until: At


class Clock(Shown):
    """A deadline, with how it was counted."""

    of: str
    due_at: At
    paused: bool
    provisional: bool
    explanation: str
    start_at: At | None
    span: str
    stops: list[Stop]
    unextended_at: At | None


class Matter(Row):
    """A matter opened."""

    id: UUID
    division: str
    grid: str
    lon: float | None
    lat: float | None
    cause: str
    anonymous: bool
    reachable: bool
    procedure_version: int
    procedure_hash: str
    parent: UUID | None
    holdings: list[Holding]
    clocks: list[Clock]
    duties: list[str]


class Receipt(Shown):
    """What the reporter takes home. The code is shown only where the reporter asks for oneself."""

    id: UUID
    number: str
    access_code: str | None
    due_at: At | None
    warnings: list[str]


class Taken(Shown):
    """One of many reports: its receipt, or why it did not go in."""

    key: str
    receipt: Receipt | None
    problem: Problem | None


class Takens(Shown):
    """The reports in the order given."""

    items: list[Taken]


class Acted(Shown):
    """What an act left. `opened` are the child matters it opened."""

    number: str
    version: int
    state: str
    status: Status
    opened: list[UUID]


class Possible(Shown):
    """A move as the asker finds it, with all reasons for and against."""

    move: str
    title: str
    here: bool
    allowed: bool
    duty: str | None
    asks: list[str]
    optional: list[str]
    outcomes: list[str]
    grounds: list[str]
    refusals: list[Reason]
    because: str | None


class Possibles(Shown):
    """Every move of the matter's procedure."""

    version: int
    items: list[Possible]
