"""What the room hands out and takes in: frozen values, never models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gantang.engine import Words
from gantang.kit.errors import GantangError

#: Opening hours of a day, ("09:00", "12:00"), …; of a week by weekday, 0 = Monday.
Hours = tuple[tuple[str, str], ...]
Week = Mapping[int, Hours]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service of the list; ``bring`` is what to bring, one thing a line."""

    code: str
    title: Words
    bring: Words
    position: int = 0
    basis: str = ""
    valid_from: date | None = None

    def name(self, lang: str) -> str:
        """What it is called, in Chinese or English."""
        return self.title.of(lang)

    def things(self, lang: str) -> list[str]:
        """What to bring, thing by thing."""
        return [one.strip() for one in self.bring.of(lang).splitlines() if one.strip()]


@dataclass(frozen=True, slots=True)
class OfferView:
    """A service at a centre; ``places`` at a time, 0 takes no booking; ``ahead`` days."""

    id: int
    service: ServiceView
    minutes: int
    places: int
    ahead: int


@dataclass(frozen=True, slots=True)
class ListingView:
    """A centre in the directory. ``ground`` is its unit's prefix."""

    centre: int
    name: str
    ground: str
    address: str
    phone: str
    week: Week
    shown: bool
    offers: tuple[OfferView, ...] = ()


@dataclass(frozen=True, slots=True)
class NewListing:
    """A centre's entry as it is to be."""

    address: str
    phone: str
    week: Week
    shown: bool = True


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer as it is to be: how many minutes, how many at a time, how many days ahead."""

    service: str
    minutes: int
    places: int
    ahead: int = 14


@dataclass(frozen=True, slots=True)
class Time:
    """One time of an offer and how many places of it are left."""

    starts_at: datetime
    ends_at: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Day:
    """The times of a day; ``why`` is the name of a rest day, in both languages."""

    on: date
    times: tuple[Time, ...]
    why: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who comes, all of it optional; a mail address gets the confirmation and a reminder."""

    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)

    def fields(self) -> dict[str, str]:
        """What was given."""
        given = {"name": self.name, "phone": self.phone, "email": self.email}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class BookingView:
    """A booking. ``city`` and ``entry`` lead to the person in the vault, for those who may open it."""

    id: UUID
    centre: int
    place: str
    address: str
    phone: str
    service: ServiceView
    starts_at: datetime
    ends_at: datetime
    state: str
    city: int
    entry: UUID | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Booked:
    """What whoever booked is shown once: the code that opens it again."""

    code: str = field(repr=False)
    view: BookingView


@dataclass(frozen=True, slots=True)
class EditionView:
    """Published figures. ``names`` are those of grounds, classes, months and columns, in both languages;
    ``tables`` has, by measure, each cell (ground, class, month) with its number, None where it is left out.

    The first ground, class and month are the sums. Measures: ``received``, ``closed``, ``on_time``.
    """

    id: int
    ground: str
    since: date
    until: date
    number: int
    made_at: datetime
    grounds: tuple[str, ...]
    classes: tuple[str, ...]
    months: tuple[str, ...]
    names: Mapping[str, tuple[str, str]]
    tables: Mapping[str, Mapping[tuple[str, str, str], int | None]]

    def name(self, code: str, lang: str) -> str:
        """What a code is called."""
        zh, en = self.names.get(code, (code, code))
        return en if lang.startswith("en") else zh


@dataclass(frozen=True, slots=True)
class OrderView:
    """An edition that was ordered. ``state``: ``waiting``, ``working``, ``refused`` (``error`` says why) or
    ``stuck``, which waits for whoever runs the system; ``done`` of its ``of`` parts are worked out."""

    id: int
    since: date
    until: date
    state: str
    done: int
    of: int
    asked_at: datetime
    error: GantangError | None = None

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.done // self.of

    @property
    def in_work(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in ("waiting", "working")


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice as it is to be published. ``span`` ("30 days", "7 working days") is counted by the calendar of
    the ground; ``number`` is a matter's, or ""."""

    title: str
    text: str
    span: str
    link: str = ""
    basis: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as everybody reads it, with how many comments came."""

    id: UUID
    unit: int
    ground: str
    title: str
    text: str
    link: str
    basis: str
    since: datetime
    until: datetime
    span: str
    summary: str
    withdrawn: bool
    comments: int
    matter: UUID | None
    city: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever comments is shown once."""

    code: str = field(repr=False)
    made_at: datetime
