"""What the room hands out: frozen values, never models."""

from dataclasses import dataclass
from datetime import date

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
