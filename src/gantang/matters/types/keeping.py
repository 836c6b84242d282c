"""How long people of a matter are kept, and what holds it back."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gantang.engine import Span


@dataclass(frozen=True, slots=True)
class Term:
    """How long people stay in a procedure's matters after the end, None where nothing says so; ``own``: set
    by the deployment; ``due``: matters past it that are not erased yet."""

    procedure: str
    span: Span | None
    own: bool
    due: int


@dataclass(frozen=True, slots=True)
class RemovalView:
    """A removal that waits: of one ``file`` or of all, asked for when, and whether the reader may confirm."""

    file: UUID | None
    asked_at: datetime
    may_confirm: bool


#: Why people stay past their term: open proceedings, an inquiry, the appraisal of an archive.
LEGAL_HOLD_REASONS = ("proceedings", "inquiry", "archive")


@dataclass(frozen=True, slots=True)
class LegalHold:
    """That a matter is not erased: why (``LEGAL_HOLD_REASONS``), since when, and when somebody looks again
    whether it still has to be. The day that comes lifts nothing."""

    reason: str
    since: datetime
    review_on: date


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A matter past its term that a legal hold keeps."""

    number: str
    hold: LegalHold


@dataclass(frozen=True, slots=True)
class Held:
    """Something held about a person: of which matter and kind, why, on which ground of law (each in Chinese
    and English), since when, and when it is erased: None while the matter is open, or without a term.

    ``person`` is who it is in the matter, 0 the reporter. ``content`` are (field, value), where a copy was
    asked for; a text has one, under its kind; a file always one: type, size and id.
    """

    number: str
    matter: UUID
    person: int
    kind: str
    purpose: tuple[str, str]
    basis: tuple[str, str]
    since: datetime
    until: datetime | None
    content: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class LookView:
    """Somebody looked: the post that did, the account where the reader may know it, ``what`` as the vault
    has it (``texts``, ``document``, ``field``, ``asked``); the matter's number, "" where it is not in
    sight."""

    id: UUID
    at: datetime
    post: int | None
    account: int | None
    client: str
    what: str
    field: str
    reason: str
    matter: UUID | None
    number: str


@dataclass(frozen=True, slots=True)
class LooksPage:
    """A page of them, the newest first; ``next`` is what the next page begins before."""

    lines: tuple[LookView, ...]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class RemovedView:
    """Something that was removed for good, or (``is_asked``) waits for a second person's word: of a whole
    matter or of one file, why (``term``, ``secret``, …), and the number, "" where it is not in sight."""

    at: datetime
    number: str
    because: str
    is_file: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class HoldView:
    """A matter that is kept past its term, and when somebody looks again whether it has to be."""

    number: str
    gist: str
    review_on: date
