"""What the room hands to its doors: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import UUID

from gantang.engine import Explanation, Possible, Span
from gantang.engine import Field as Asked
from gantang.engine import Words as Title
from gantang.kit.pieces import Content

#: How a willingness that a person said to the staff is shown.
EVIDENCE = ("signed", "in_person", "phone", "message")
#: With whom somebody stands in a dispute; 1 is the reporter's side.
SIDES = range(1, 10)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as told at intake. It goes to the vault and nowhere else."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = ""

    def known(self) -> dict[str, str]:
        """The fields that were given."""
        given = {name: getattr(self, name).strip() for name in self.__slots__}
        return {name: text for name, text in given.items() if text}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A class that was proposed to whoever reports. ``because``: marks of the words of our own list that
    speak for it, never the report's words; ``shown``: whether it stood before the person."""

    code: str
    because: tuple[str, ...]
    shown: bool

    def data(self) -> dict[str, Any]:
        """As a step keeps it, beside the class that was chosen."""
        return {"class": self.code, "because": list(self.because), "shown": self.shown}


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody raises. ``ground`` is a division or grid code, ``point`` is (longitude, latitude) in
    degrees; ``facility`` the broken one that the staff reports, which says the place where nobody did. The
    files ``shows_place`` where the reporter says so: then when and where they were taken is kept, too.
    ``suggested`` is kept on the first step; it is no part of what makes two reports the same."""

    words: str
    channel: str
    class_code: str = ""
    ground: str = ""
    point: tuple[float, float] | None = None
    place: str = ""
    reporter: Contact | None = None
    parties: tuple[Contact, ...] = ()
    anonymous: bool = False
    on_behalf: bool = False
    urgent: bool = False
    happened_at: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[bytes | BinaryIO, ...] = ()
    facility: UUID | None = None
    shows_place: bool = False
    suggested: Suggested | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """When something was written on a phone that may have had no signal: by the phone's own clock, and by how
    many seconds the phone knew itself to be behind (None: it never knew). Evidence on the step; what counts
    is the moment of the act."""

    at: datetime
    offset: int | None = None

    def data(self) -> dict[str, Any]:
        """As a step keeps it."""
        return {"at": self.at.isoformat(), "offset": self.offset}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter takes home. ``access_code`` is None where only the reporter's mail may carry it;
    ``issue`` is its issue number."""

    city: int
    matter: UUID
    number: str
    access_code: str | None
    due_at: datetime | None
    warnings: tuple[str, ...] = ()
    issue: int | None = None


@dataclass(frozen=True, slots=True)
class Acted:
    """What an act left: the matter as it stands, and the child matters it opened."""

    city: int
    matter: UUID
    number: str
    version: int
    state: str
    status: str
    opened: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Behind:
    """The key of a count, to find the matters behind it: a measure of the tallies, its days, its unit.

    ``open`` is the stock: whatever is open of what is counted. ``then``: the ground is the one it began on.
    """

    measure: str
    since: date | None = None
    until: date | None = None
    unit: int | None = None
    then: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; an empty value does not narrow."""

    view: str = ""
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
class AttachmentView:
    """A file of a matter; its bytes are read through the same scope."""

    id: UUID
    media: str
    size: int
    added_at: datetime
    public: bool


@dataclass(frozen=True, slots=True)
class AttachmentData:
    """A file's bytes, opened for the reader piece by piece."""

    media: str
    content: Content = field(repr=False)

    @property
    def data(self) -> bytes:
        """All of them at once."""
        return b"".join(self.content.pieces())


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that was issued: what it is, which version, by which unit; a later version stands in its
    place from ``superseded_at``. ``audience`` is whom it is for: reporter, party, staff or public."""

    id: UUID
    kind: str
    title: str
    version: int
    number: str
    audience: str
    unit: int | None
    size: int
    made_at: datetime
    superseded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentData:
    """A document with its bytes (PDF), opened for the reader."""

    view: DocumentView
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a square code proves: the document it leads to; ``same`` says whether a file is that document,
    None where no file was given."""

    view: DocumentView
    same: bool | None = None


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


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a holder of an access code sees: public steps, deadlines, the own messages."""

    number: str
    party: int
    status: str
    state: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    words: str
    clocks: tuple[Clock, ...]
    events: tuple[Event, ...]
    messages: tuple[MessageView, ...]
    attachments: tuple[AttachmentView, ...]
    moves: tuple[Possible, ...]
    owner_unit: int | None
    documents: tuple[DocumentView, ...] = ()
    procedure_hash: str = ""
    scope: str = ""
    asks_willing: bool = False
    willing: bool | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """An open matter that anybody of the neighbourhood may know of: the beginning of its masked gist."""

    matter: UUID
    gist: str
    status: str
    opened_at: datetime
    followers: int


@dataclass(frozen=True, slots=True)
class CampaignProgress:
    """How far an opening is: ``done`` of ``targets`` looked after, ``added`` of them by this run."""

    campaign: int
    targets: int
    done: int
    added: int


@dataclass(frozen=True, slots=True)
class Covered:
    """A campaign on one ground: how many matters it opened, were reported, said that there was nothing, and
    how many different things were found."""

    ground: str
    opened: int
    reported: int
    zero: int
    found: int

    @property
    def missing(self) -> int:
        """How many have not reported."""
        return self.opened - self.reported


@dataclass(frozen=True, slots=True)
class Incoming:
    """A report that comes from another system, without files: its ``key`` there, and its own times.

    With ``ended_at`` it is past and ends then; without, it is open and its clocks start at the import.
    ``row`` is where it stands in its file.
    """

    key: str
    report: Report
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a report from elsewhere; ``again``: it had come in before, nothing was added."""

    city: int
    matter: UUID
    again: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a row of a file: ``added`` (with a warning where there is a reason), ``again``,
    ``error``."""

    row: int
    kind: str
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the ledger says. ``stored`` and ``rebuilt`` are codes, ``-`` where one of
    them is missing. ``mendable``: a repair puts the rebuilt value in its place."""

    city: int
    number: str
    matter: UUID
    column: str
    stored: str
    rebuilt: str
    mendable: bool = True


@dataclass(frozen=True, slots=True)
class CountDifference:
    """A kept count that is not what the rebuilt rows add up to, by the words of its key."""

    city: int
    key: tuple[str, ...]
    kept: int
    rebuilt: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What a rebuild found: the first of it, and how much ``more`` there is."""

    differences: tuple[Difference, ...] = ()
    counts: tuple[CountDifference, ...] = ()
    more: int = 0

    @property
    def none(self) -> bool:
        return not (self.differences or self.counts or self.more)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How rows, counts and vault stand beside the ledger: what differs now, and what a repair has mended."""

    matters: int
    steps: int
    found: Listed = Listed()
    mended: Listed = Listed()

    @property
    def sound(self) -> bool:
        """Whether everything is as the ledger says now."""
        return self.found.none


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
class Tip:
    """A protected tip as it was told. ``accused_level`` is 1 (province) to 5 (village) or None,
    ``accused_unit`` a unit's number, ``place`` a division's code; ``name`` and ``contact`` only where the
    reporter wants them sealed."""

    words: str
    kind: str = "other"
    accused_level: int | None = None
    accused_unit: int | None = None
    accused_name: str = ""
    place: str = ""
    name: str = ""
    contact: str = ""
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the reporter or of the holders (``by``); ``field`` is what was asked, or empty."""

    by: str
    at: datetime
    words: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class TipTold:
    """What a receipt opens."""

    state: str
    title: Title
    outcome: str
    outcome_title: Title | None
    due_at: datetime | None
    said: tuple[Said, ...]
    moves: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class TipLine:
    """A tip in its holders' list: nothing of what it says."""

    tip: UUID
    title: Title
    due_at: datetime | None
    mark: str
    closed: bool


@dataclass(frozen=True, slots=True)
class TipRead:
    """An opened tip: what was asked at its beginning (``told``), what was said since, the steps with their
    data, whether there is a letter of hand-over, and when it was printed."""

    words: str
    told: Mapping[str, Any]
    said: tuple[Said, ...]
    pictures: tuple[int, ...]
    steps: tuple[tuple[str, Mapping[str, Any]], ...]
    handed_over: bool = False
    printed: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class TipPage:
    """A tip as a holder finds it. ``side`` is first or second; ``asked`` that somebody began to open it,
    ``waiting`` that the other one's passphrase is awaited, ``until`` when the opening ends."""

    line: TipLine
    side: str
    asked: bool
    waiting: bool
    until: datetime | None
    read: TipRead | None
    moves: tuple[Possible, ...]
    fields: Mapping[str, Asked]
    version: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened in a period: numbers of matters, and ``fen`` of money agreed on."""

    accepted: int = 0
    own_motion: int = 0
    applied: int = 0
    entrusted: int = 0
    agreed: int = 0
    oral: int = 0
    fen: int = 0
    performed: int = 0
    crime: int = 0
    mass_petition: int = 0

    @property
    def rate(self) -> float | None:
        """Agreements over acceptances of the period, 0 to 1; None where none was accepted."""
        return self.agreed / self.accepted if self.accepted else None

    @property
    def yuan(self) -> float:
        return self.fen / 100


@dataclass(frozen=True, slots=True)
class MonthlyLine:
    """A class of dispute (or all of them) in the month, the one before, and the same a year before."""

    class_code: str
    now: Figures
    before: Figures
    year_before: Figures


@dataclass(frozen=True, slots=True)
class Monthly:
    """The monthly form of mediation of a ground; ``month`` is its first day."""

    ground: str
    month: date
    lines: tuple[MonthlyLine, ...]
    total: MonthlyLine


@dataclass(frozen=True, slots=True)
class GroundTouched:
    """Open matters on ground that changes; ``without`` have no point; ``more``: not all were counted;
    ``doubled`` go into another one of their campaign, since their grids become one."""

    open: int
    without: int
    more: bool
    doubled: int = 0


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
