"""What the outbox hands across."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outbox row as a destination or a renderer sees it."""

    id: UUID
    destination: str
    kind: str
    city: int
    stream: UUID
    version: int
    refs: Mapping[str, Any]
    attempts: int = 0
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A text made from references at the moment it leaves; its ``repr`` shows none of it."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)
    number: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A row that was given up, for the people who can mend its cause."""

    id: UUID
    destination: str
    kind: str
    city: int
    stream: UUID
    version: int
    attempts: int
    error_code: str
    created_at: datetime
    given_up_at: datetime | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How a destination stands; ``due_at`` is when the first of what waits was or is to be tried."""

    destination: str
    waiting: int
    dead: int
    oldest_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """A receiver of news outside; ``unsure`` is how many answers were lost among what is kept: so often,
    at most, the same news may have arrived twice. ``tried`` is how its last test stands: waiting, sent,
    skipped, dead, or "" for none; ``tried_code`` says why it did not arrive."""

    id: int
    address: str
    kinds: tuple[str, ...]
    ground: str
    basis: str
    created_at: datetime
    ended_at: datetime | None
    ended_why: str
    waiting: int
    dead: int
    unsure: int
    paused_at: datetime | None = None
    old_until: datetime | None = None
    tried: str = ""
    tried_code: str = ""
    tried_at: datetime | None = None
