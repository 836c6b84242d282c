"""What people asked about their own data, as the register shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

#: What is asked, how it came, and why it is not done (the reason is told, 个人信息保护法 §50).
ASKINGS = ("access", "correction", "erasure")
ASKING_WAYS = ("counter", "phone", "letter", "online")
NOT_DONE = ("not_shown", "kept_by_law", "harms_others", "not_ours")


@dataclass(frozen=True, slots=True)
class NewAsking:
    """An asking as it came in; ``matter_number`` is of a matter in sight, or empty."""

    kind: str
    way: str
    received_on: date
    matter_number: str = ""


@dataclass(frozen=True, slots=True)
class AskingView:
    """A line of the register. ``post`` answers; ``due_at`` is None while no term is set; nobody is named."""

    id: UUID
    unit: int
    kind: str
    way: str
    matter_number: str
    received_on: date
    received_post: int
    state: str
    post: int | None
    because: str
    answered_at: datetime | None
    due_at: datetime | None

    @property
    def label(self) -> str:
        """What it is called on paper: the year and the end of its key."""
        return f"{self.received_on:%Y}-{self.id.hex[-6:].upper()}"
