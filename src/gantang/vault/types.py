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


Plain = str | Mapping[str, Any]
