"""What the room hands out: frozen values, never models."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gantang.engine import Span, Words

#: Opening hours of a day: ("09:00", "12:00"), …
Hours = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A class, cause or channel. ``parent`` is "" at the top; a ``leaf`` has none below it."""

    code: str
    title: Words
    parent: str = ""
    leaf: bool = True
    source: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def name_zh(self) -> str:
        return self.title.zh

    @property
    def name_en(self) -> str:
        return self.title.en


Class = Term
Cause = Term
Channel = Term


@dataclass(frozen=True, slots=True)
class LegalPeriod:
    """A period set by law, with its source. ``span`` is None where it waits to be filled in."""

    code: str
    title: Words
    span: Span | None
    extension: Span | None
    source: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day that deviates from the weekday rule, on a ground ("" is the whole country)."""

    ground: str
    on: date
    kind: str
    title: Words
    hours: Hours | None
    source: str


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A change of a ground's calendar as proposed: days put in, days taken back, from a moment on.

    ``year`` publishes a national notice. The days given are all that is listed for the years of ``whole``:
    what else was listed there is taken back. ``since`` is when it comes into force, None for at once.
    """

    ground: str
    put: tuple[LocalDay, ...] = ()
    clear: tuple[date, ...] = ()
    year: int | None = None
    source: str = ""
    since: datetime | None = None
    whole: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CalendarEdition:
    """A change that was taken: the ``number``-th of its ground. ``put`` and ``cleared`` count days."""

    ground: str
    number: int
    year: int | None
    put: int
    cleared: int
    source: str
    known_from: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DayFault:
    """A row of a table of days that cannot be taken: its number there, and why."""

    row: int
    reason: str


#: What a slot may hold: a number, a text, a span ("1 month"), a list of texts, a record of texts.
Value = int | str | list[str] | dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that no public source gives. ``ours``: an editable default of the product, nobody's rule.

    ``form`` is number, text, span, list or record; ``basis`` says what asks for the value.
    """

    code: str
    title: Words
    form: str
    value: Any
    ours: bool
    source: str
    basis: str
    valid_from: date | None
    valid_to: date | None

    @property
    def empty(self) -> bool:
        return self.value is None
