"""What the vault hands across. No ``repr`` of these shows a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Span:
    """One masked place: where it stands in the original text, and what kind of thing it hides."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text fit to be listed, searched and exported, with the places that were masked."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping leaves behind for the step: the entry, and the keyed hash of its ciphertext."""

    id: UUID
    hash: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened text of a matter."""

    id: UUID
    kind: str
    party: int | None
    kept_at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Card:
    """A person as staff see them before anything is opened: every field masked, none openable by accident."""

    id: UUID
    party: int | None
    shown: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A matter that a look-up led to."""

    city: int
    matter: UUID
    entry: UUID


@dataclass(frozen=True, slots=True)
class EntryView:
    """That an entry exists: its kind and its term, nothing of its content."""

    id: UUID
    matter: UUID
    kind: str
    party: int | None
    own_key: bool
    purpose: str
    keep_until: date | None
    version: int
    kept_at: datetime
    erased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turning:
    """How far a new key has come: ``kind`` master or index, places with a data key (matters, bookings,
    notices) looked at of ``total``, keys or people taken over."""

    kind: str
    number: int
    looked: int
    total: int
    done: int
    began_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Registered:
    """A row of the register of personal data; purpose, basis and term each in Chinese and English."""

    place: str
    name: str
    purpose: tuple[str, str]
    basis: tuple[str, str]
    term: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line of the list that outlives a restore; ``because`` where the whole matter was erased, or one
    ``file`` of it."""

    city: int
    matter: UUID
    entries: tuple[UUID, ...]
    because: str
    file: UUID | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody looked: ``what`` is ``texts`` (words, messages, answers; once a day), ``document``,
    ``asked`` (looked up by a personal field, of no matter) or the ``field`` opened; ``reason`` as given."""

    id: UUID
    at: datetime
    account: int | None
    post: int | None
    client: str
    what: str
    field: str
    reason: str
    matter: UUID | None


Plain = str | Mapping[str, Any]
