"""A matter as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.engine import Explanation, Possible
from gantang.matters.types.rows import MatterRow

#: How a willingness that a person said to the staff is shown.
EVIDENCE = ("signed", "in_person", "phone", "message")


#: With whom somebody stands in a dispute; 1 is the reporter's side.
SIDES = range(1, 10)


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that runs or ran, with how it was computed.

    ``stops`` are the intervals that did not count; ``unextended_at`` is the deadline before the extensions.
    """

    of: str
    due_at: datetime
    paused: bool
    provisional: bool
    explanation: Explanation
    start_at: datetime | None = None
    span: str = ""
    stops: tuple[tuple[datetime, datetime], ...] = ()
    unextended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a duty on a matter: a unit and a post, never a person."""

    duty: str
    unit: int | None
    post: int | None


@dataclass(frozen=True, slots=True)
class MatterView(MatterRow):
    """A matter opened: the row and what stands beside it."""

    division: str = ""
    grid_now: str = ""
    lon: float | None = None
    lat: float | None = None
    cause_code: str = ""
    anonymous: bool = False
    reachable: bool = False
    procedure_version: int = 0
    procedure_hash: str = ""
    parent: tuple[int, UUID] | None = None
    holdings: tuple[Holding, ...] = ()
    clocks: tuple[Clock, ...] = ()
    duties: frozenset[str] = frozenset()
    facility: UUID | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One step as a person reads it: when, what, by which unit; words are opened apart."""

    seq: int
    at: datetime
    name: str
    data: Mapping[str, Any]
    unit: int | None
    post: int | None
    public: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """A reporter or party, masked; the fields open one at a time with a reason."""

    no: int
    role: str
    masked: Mapping[str, str]
    anonymous: bool
    has_code: bool
    side: int = 1
    willing: bool | None = None
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What a reporter or party said at intake, opened for the reader."""

    party: int
    role: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with its words, already opened for the reader."""

    id: UUID
    kind: str
    party: int
    sent_at: datetime
    from_unit: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are; ``more`` where counting ended there."""

    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class LinkView:
    """A linked matter; the other one's gist is shown only where the reader may see it."""

    kind: str
    city: int
    id: UUID
    number: str
    gist: str


@dataclass(frozen=True, slots=True)
class ShareView:
    """A unit that takes part."""

    unit: int
    role: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Moves:
    """Every move of the matter's procedure with its reasons for and against."""

    possible: tuple[Possible, ...]
    version: int
