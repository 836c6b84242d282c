"""What the ledger hands across."""

from dataclasses import dataclass, field
from datetime import datetime
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

    ``fault`` is one of ``edit``, ``deletion``, ``reorder``, ``insertion``, ``truncation``, ``head``;
    ``seq`` the first step that does not fit.
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
class Report:
    """What a verification found."""

    streams: int
    steps: int
    faults: tuple[Fault, ...] = field(default=())
    more: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults
