"""Spans of time as procedures and statutes name them: "20 working days", "24 hours", "1 month"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class SpanError(ValueError):
    """A span that cannot be read; says what was found and what is meant instead."""


class Unit(StrEnum):
    """The closed list of units a clock may count in."""

    HOURS = "hours"
    WORKING_HOURS = "working hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def runs_from_the_moment(self) -> bool:
        """Hours count from the moment; all other units leave out the first day."""
        return self in (Unit.HOURS, Unit.WORKING_HOURS)


#: No clock of a procedure is longer; a typing error is.
MOST = {
    Unit.HOURS: 87_600,
    Unit.WORKING_HOURS: 40_000,
    Unit.DAYS: 36_525,
    Unit.WORKING_DAYS: 25_000,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
}
_ENGLISH = {
    "hour": Unit.HOURS,
    "working hour": Unit.WORKING_HOURS,
    "day": Unit.DAYS,
    "natural day": Unit.DAYS,
    "calendar day": Unit.DAYS,
    "working day": Unit.WORKING_DAYS,
    "month": Unit.MONTHS,
    "year": Unit.YEARS,
}
_CHINESE = {
    "小时": Unit.HOURS,
    "个小时": Unit.HOURS,
    "个工作小时": Unit.WORKING_HOURS,
    "工作小时": Unit.WORKING_HOURS,
    "天": Unit.DAYS,
    "日": Unit.DAYS,
    "个自然日": Unit.DAYS,
    "自然日": Unit.DAYS,
    "个工作日": Unit.WORKING_DAYS,
    "工作日": Unit.WORKING_DAYS,
    "个月": Unit.MONTHS,
    "月": Unit.MONTHS,
    "年": Unit.YEARS,
}
_NAMES = {name: unit for one, unit in _ENGLISH.items() for name in (one, one + "s")} | _CHINESE
_ZH = {
    Unit.HOURS: "小时",
    Unit.WORKING_HOURS: "个工作小时",
    Unit.DAYS: "天",
    Unit.WORKING_DAYS: "个工作日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}
_FORM = re.compile(r"\s*([0-9]+)\s*(\D+?)\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """`n` units, n ≥ 1. Its text ("20 working days") is its JSON form too."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.n <= MOST[self.unit]:
            raise SpanError(f"{self.n} {self.unit} is outside 1 to {MOST[self.unit]} {self.unit}")

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read "2 working hours", "10 natural days", "20个工作日"; SpanError names the nearest unit."""
        found = _FORM.fullmatch(text)
        if not found:
            raise SpanError(f"{text!r} is no span: write a number and a unit, such as '20 working days'")
        name = " ".join(found[2].lower().split())
        if name not in _NAMES:
            raise SpanError(f"{text!r} has the unknown unit {name!r}{_nearest(name)}")
        return cls(int(found[1]), _NAMES[name])

    def __str__(self) -> str:
        return f"{self.n} {self.unit.value.removesuffix('s') if self.n == 1 else self.unit.value}"

    def to_json(self) -> str:
        """The text that `parse` reads back."""
        return str(self)

    def words(self, lang: str = "zh") -> str:
        """For people: 20个工作日, 20 working days."""
        return str(self) if lang.startswith("en") else f"{self.n}{_ZH[self.unit]}"


def mended(text: str) -> Span | None:
    """The span with the nearest unit, where only the unit is misspelt ("2 workng hours")."""
    found = _FORM.fullmatch(text)
    close = _close(found[2].lower()) if found else None
    try:
        return Span(int(found[1]), _NAMES[close]) if found and close else None
    except SpanError:
        return None


def _close(name: str) -> str | None:
    return next(iter(get_close_matches(" ".join(name.split()), _NAMES, n=1, cutoff=0.6)), None)


def _nearest(name: str) -> str:
    close = _close(name)
    return f"; nearest is {close!r}" if close else f"; units are {', '.join(Unit)}"
