"""What somebody tells, and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID


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
