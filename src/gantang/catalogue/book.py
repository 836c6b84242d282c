"""What a process keeps of the catalogue, good for as long as the version's token stands.

One small query reads the token. Tokens are random, so that what a rolled-back transaction left in
memory never passes for a later state.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from secrets import randbits
from threading import Lock

from gantang.catalogue import models, rules
from gantang.catalogue.types import CalendarChange, LegalPeriod, LocalDay, Slot, Term
from gantang.engine import Calendar, Span, Words
from gantang.kit import tokens, window

_NAME = "catalogue"
#: Calendars kept, beside the one of the country; more are made again when asked for.
_MOST = 64


@dataclass(frozen=True, slots=True)
class _Known:
    """A listed day, and since when until when it was in force."""

    day: LocalDay
    since: datetime | None
    until: datetime | None

    def at(self, moment: datetime) -> bool:
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)


@dataclass
class Book:
    """Terms by kind, periods, days by ground; lists and calendars are made once and kept."""

    token: int
    _terms: dict[str, list[Term]] = field(default_factory=dict)
    _periods: list[LegalPeriod] = field(default_factory=list)
    _slots: list[Slot] = field(default_factory=list)
    _days: dict[str, list[_Known]] = field(default_factory=dict)
    _years: list[tuple[int, datetime | None]] = field(default_factory=list)
    _lists: dict[tuple[str, date], list[Term]] = field(default_factory=dict)
    _calendars: dict[tuple[tuple[str, ...], int], Calendar] = field(default_factory=dict)

    @cached_property
    def _turns(self) -> list[datetime]:
        """The moments at which something became known or ceased to hold: between two of them nothing
        changes."""
        known = [one for days in self._days.values() for one in days]
        moments = {moment for one in known for moment in (one.since, one.until)}
        return sorted(one for one in moments | {since for _year, since in self._years} if one is not None)

    def terms(self, kind: str, on: date) -> list[Term]:
        """The terms of a kind in force on a day, as a tree in order."""
        if (kind, on) not in self._lists:
            valid = [one for one in self._terms.get(kind, ()) if _holds(one, on)]
            self._lists[kind, on] = rules.tree(valid)
        return self._lists[kind, on]

    def ever(self, kind: str, on: date) -> list[Term]:
        """Each term of a kind that was in force on a day or before, as it was called last."""
        begun = (one for one in self._terms.get(kind, ()) if one.valid_from is None or one.valid_from <= on)
        return list({one.code: one for one in begun}.values())

    def periods(self, on: date) -> list[LegalPeriod]:
        return [one for one in self._periods if _holds(one, on)]

    def calendar(self, ground: str, at: datetime) -> Calendar:
        """The calendar of a ground as known at a moment."""
        held = tuple(each for each in rules.grounds_above(ground) if each in self._days)
        state = bisect_right(self._turns, at)
        if (held, state) not in self._calendars:
            if len(self._calendars) > _MOST:
                self._calendars.clear()
            self._calendars[held, state] = self._calendar(held, at)
        return self._calendars[held, state]

    def days(self, ground: str, at: datetime) -> list[LocalDay]:
        """The days in force at a moment that are listed for exactly this ground, in order."""
        held = (one.day for one in self._days.get(ground, ()) if one.at(at))
        return sorted(held, key=lambda one: one.on)

    def to_come(self, ground: str, at: datetime) -> frozenset[tuple[object, ...]]:
        """What a ground's own days say from a moment on: each day as it counts and is called, and when it
        begins and ends to hold, if that is still to come."""
        known = (one for one in self._days.get(ground, ()) if one.until is None or one.until > at)
        return frozenset(
            (*rules.said(one.day), one.since if one.since and one.since > at else None, one.until)
            for one in known
        )

    def years(self, at: datetime) -> list[int]:
        """The years whose notice is out."""
        return [year for year, since in self._years if since is None or since <= at]

    def slots(self, on: date) -> list[Slot]:
        return [one for one in self._slots if _holds(one, on)]

    def proposed(self, change: CalendarChange, ground: str, at: datetime) -> Calendar:
        """The calendar that a ground would have with a change taken."""
        days = {each: self.days(each, at) for each in rules.grounds_above(ground)}
        if change.ground in days:
            put, cleared = rules.differences(days[change.ground], change)
            gone = {one.on for one in (*put, *cleared)}
            days[change.ground] = [one for one in days[change.ground] if one.on not in gone] + put
        years = sorted({*self.years(at), *([change.year] if change.year else [])})
        return rules.calendar({each: listed for each, listed in days.items() if listed}, years)

    def _calendar(self, grounds: Iterable[str], at: datetime) -> Calendar:
        days = {ground: self.days(ground, at) for ground in grounds}
        return rules.calendar({ground: listed for ground, listed in days.items() if listed}, self.years(at))


def _holds(one: Term | LegalPeriod | Slot, on: date) -> bool:
    return (one.valid_from is None or one.valid_from <= on) and (one.valid_to is None or on < one.valid_to)


_lock = Lock()
_kept: Book | None = None


def opened() -> Book:
    """The book as of now: kept while the token stands, otherwise read again."""
    global _kept
    token = tokens.token(_NAME)
    kept = _kept
    if kept is None or kept.token != token:
        kept = _read(token)
        with _lock:
            _kept = kept
    return kept


def turn() -> None:
    """A new token, in the transaction that changes rows; it also makes changes come one at a time."""
    models.Version.objects.update_or_create(name=_NAME, defaults={"token": randbits(62)})
    window.forget()


def _read(token: int) -> Book:
    book = Book(token, _periods=_periods(), _slots=_slots())
    for row in models.Term.objects.order_by("position", "pk"):
        book._terms.setdefault(row.kind, []).append(_term(row))
    for day in models.Day.objects.order_by("ground", "on", "pk"):
        known = _Known(local_day(day), day.known_from, day.known_to)
        book._days.setdefault(day.ground, []).append(known)
    book._years = list(models.Year.objects.order_by("year").values_list("year", "known_from"))
    return book


def _term(row: models.Term) -> Term:
    return Term(
        row.code,
        Words(row.zh, row.en),
        rules.parent_of(row.code),
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _periods() -> list[LegalPeriod]:
    return [
        LegalPeriod(
            row.code,
            Words(row.zh, row.en),
            Span.parse(row.span) if row.span else None,
            Span.parse(row.extension) if row.extension else None,
            row.source,
            row.valid_from,
            row.valid_to,
        )
        for row in models.Period.objects.order_by("code", "pk")
    ]


def _slots() -> list[Slot]:
    return [
        Slot(
            row.code,
            Words(row.zh, row.en),
            row.form,
            row.value,
            row.ours,
            row.source,
            row.basis,
            row.valid_from,
            row.valid_to,
        )
        for row in models.Slot.objects.order_by("position", "pk")
    ]


def local_day(row: models.Day) -> LocalDay:
    hours = tuple((start, end) for start, end in row.hours) if row.hours else None
    return LocalDay(row.ground, row.on, row.kind, Words(row.zh, row.en), hours, row.source)
