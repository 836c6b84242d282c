"""What the room hands out and takes in: frozen values, never models."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gantang.engine import Words
from gantang.fund.rules import booking, money
from gantang.fund.rules.booking import Sums
from gantang.fund.rules.checking import Finding

#: Fen of an amount in yuan as people write it (None for what is none), and yuan of fen.
read_yuan, write_yuan = money.read, money.write
#: ``income`` of ``income.donation``.
side_of = booking.side_of

#: The class of matters that the duties of a fund's posts are for.
CLASS = "samaritan"
#: Duties by which the keeping unit's posts enter, and approve; by which whoever stands above sees.
ENTERS = frozenset({"handler", "leader"})
APPROVES = frozenset({"leader", "verifier"})
SEES = frozenset({"leader", "supervisor"})
#: The other side of an entry: an organisation by its full name, an individual without one, nobody.
PARTIES = ORGANISATION, INDIVIDUAL, NONE = ("organisation", "individual", "none")
SIDES = OPENING, INCOME, USE = booking.SIDES
STATES = AWAITING, APPROVED, REFUSED = ("awaiting", "approved", "refused")
OPEN, CLOSING, CLOSED = "open", "closing", "closed"


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund as its book stands: ``balance`` in fen; ``last`` is the number of the last approved entry."""

    id: int
    unit: int
    ground: str
    title: Words
    opened_on: date
    balance: int
    last: int

    def name(self, lang: str) -> str:
        """What it is called."""
        return self.title.of(lang)


@dataclass(frozen=True, slots=True)
class Rights:
    """What an actor may do in a fund's book."""

    enters: bool
    approves: bool


@dataclass(frozen=True, slots=True)
class PaidFor:
    """The matter that an entry was paid for, as whoever enters it found it in the own sight."""

    city: int
    matter: UUID
    number: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it is to be: ``kind`` is a code of the catalogue (``use.award``), or ``opening``."""

    kind: str
    fen: int
    on: date
    basis: str
    party: str = NONE
    giver: str = ""
    paid_for: PaidFor | None = None


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of a book. ``fen`` is signed as its side is: a reversal is below nothing. ``balance`` is that of
    the book after this line, None while it does not count."""

    id: UUID
    number: int | None
    on: date
    side: str
    kind: str
    fen: int
    basis: str
    party: str
    giver: str
    matter_number: str
    state: str
    reverses: int | None
    reversed_by: int | None
    entered_by: int
    entered_post: int
    entered_at: datetime
    decided_post: int | None
    decided_at: datetime | None
    balance: int | None = None
    is_reversal: bool = False


@dataclass(frozen=True, slots=True)
class Which:
    """Which lines: of a state, of a year (None: every one), of a kind ("": every one)."""

    state: str = APPROVED
    year: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class KindSum:
    """A kind in a year: fen, and how many payments or receipts stand."""

    kind: str
    fen: int
    times: int


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of a book. ``asked_by`` and ``figures`` tell of its closing; ``awaiting`` entries hinder it."""

    year: int
    state: str
    sums: Sums
    kinds: tuple[KindSum, ...]
    entries: int
    awaiting: int
    asked_by: int | None
    published_at: datetime | None
    first_open: bool


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A kind as everybody sees it: ``fen`` None is told in the sum of the others alone."""

    kind: str
    title: Words
    fen: int | None

    def name(self, lang: str) -> str:
        """What it is called."""
        return self.title.of(lang)


@dataclass(frozen=True, slots=True)
class Published:
    """A closed year as everybody sees it. ``together`` is the sum of what is not told alone; ``payments`` is
    None where there were fewer than are told."""

    fund: int
    title: Words
    ground: str
    year: int
    sums: Sums
    income: tuple[PublishedLine, ...]
    use: tuple[PublishedLine, ...]
    together: int | None
    receipts: int
    payments: int | None
    published_at: datetime

    def name(self, lang: str) -> str:
        """What the fund is called."""
        return self.title.of(lang)


@dataclass(frozen=True, slots=True)
class Checked:
    """A fund gone through: how many entries and closed years, and what does not agree."""

    fund: int
    entries: int
    years: int
    findings: tuple[Finding, ...] = ()
