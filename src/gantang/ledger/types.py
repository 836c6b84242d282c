"""What the ledger hands across."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as readers get it."""

    id: UUID
    seq: int
    name: str
    data: dict[str, Any]
    client: str
    account: int | None
    post: int | None
    happened_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger that no act of ours can have made.

    ``fault`` is one of ``edit``, ``deletion``, ``reorder``, ``insertion``, ``truncation``, ``head``; against
    the last checkpoint ``removed`` (the whole stream is gone) and ``rollback`` (it was set back since).
    ``seq`` is the first step that does not fit.
    """

    city: int
    stream: UUID
    kind: str
    seq: int
    fault: str


@dataclass(frozen=True, slots=True)
class Story:
    """A whole stream: its steps in order, the hash of its head (hex), and what is wrong with its chain."""

    steps: tuple[StepView, ...]
    head: str
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Something about a city's checkpoints that cannot be so.

    ``fault`` is one of ``forged`` (a signature or a key is not ours), ``gap`` (one is missing between
    others), ``wound_back`` (one that is kept elsewhere is missing here), ``file`` (the file beside the keys
    lacks some), ``leaves`` (what the last checkpoint saw was changed). ``no`` is the checkpoint's number.
    """

    city: int
    no: int
    fault: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found; ``checkpoints`` is how many were looked at."""

    streams: int
    steps: int
    faults: tuple[Fault, ...] = field(default=())
    more: int = 0
    checkpoints: int = 0
    chain: tuple[ChainFault, ...] = field(default=())

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults and not self.chain


@dataclass(frozen=True, slots=True)
class Verifying:
    """A verification that was asked for: of a city, or (None) of all; ``done`` of its ``of`` parts are read.

    ``found`` are the first findings (fault, city, kind, stream or "", step or checkpoint), ``faults`` how
    many there are in all.
    """

    id: int
    city: int | None
    state: str
    done: int
    of: int
    streams: int
    steps: int
    checkpoints: int
    faults: int
    found: tuple[tuple[str, int, str, str, int], ...]
    asked_at: datetime
    ended_at: datetime | None

    @property
    def in_work(self) -> bool:
        """Whether it is still to be made."""
        return self.state in ("waiting", "working")


@dataclass(frozen=True, slots=True)
class Last:
    """The last checkpoint of a city, with what it covers."""

    city: int
    no: int
    day: date
    made_at: datetime
    streams: int
    steps: int


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint as its maker hears of it; ``faults`` are streams that are not what the last one saw."""

    city: int
    no: int
    day: date
    streams: int
    steps: int
    root: str
    faults: tuple[Fault, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Stand:
    """How a city stands: its last checkpoint, None before the first."""

    city: int
    no: int | None
    day: date | None
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attested:
    """The last commitment over what is kept sealed; ``kept`` opens it, None where it was lost."""

    day: date
    root: bytes
    kept: bytes | None
