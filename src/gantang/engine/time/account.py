"""The working of a deadline for whoever checks it: every day counted or left out, and why.

It walks the calendar itself, a day or an opening at a time, and takes from the count in `legs` only where
each stretch begins: that both come out at the same moment is what makes the working worth reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gantang.engine.time.calendar import Calendar, DayKind
from gantang.engine.time.legs import Leg, days_of
from gantang.engine.time.pauses import Stops, touches
from gantang.engine.time.span import Span, Unit
from gantang.engine.time.table import DAY, MINUTE
from gantang.engine.time.telling import Told, length, shown

FIRST = Told("起算当天，不计", "the first day, left out")
COUNTED = Told("计入", "counted")
MAKEUP = Told("调休上班，计入", "worked in exchange, counted")
HALF = Told("时间另定的上班日，计一天", "hours of its own, counted as a day")
PAUSED = Told("停表，不计", "paused, left out")
ROLLED = Told("期满，顺延到这一天", "the count is full, it rolls to this day")
GUESS = Told("（放假安排未公布，暂定）", " (notice not published: provisional)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of ticks and what of it counts: whole days, or ticks where a clock counts hours; 0 = left
    out."""

    since: int
    until: int
    amount: int
    why: Told


def account(leg: Leg, span: Span, calendar: Calendar, halts: Stops, side: str) -> Iterator[Entry]:
    """The entries of one stretch, in order; what counts adds up to the span, the last one ends when due."""
    if leg.unit is Unit.HOURS:
        return _pieces(leg.start, span.n * 60 * MINUTE, halts)
    if leg.unit is Unit.WORKING_HOURS:
        return _openings(leg.start, span.n * 60 * MINUTE, calendar, halts)
    return _days(leg, days_of(leg.first, span), _Walk(calendar, halts, side, leg.unit is Unit.WORKING_DAYS))


@dataclass(frozen=True, slots=True)
class _Walk:
    """What a walk over days looks at."""

    calendar: Calendar
    halts: Stops
    side: str
    working: bool

    def rests(self, day: int) -> bool:
        return not self.calendar.table.openings(day)

    def paused(self, day: int) -> bool:
        return touches(day, self.halts, self.calendar, working=self.working)

    def why_not(self, day: int) -> Told | None:
        """Why the day does not count, None when it does."""
        if self.working and self.rests(day):
            return rest_of(self.calendar, day)
        return PAUSED if self.paused(day) else None

    def why(self, day: int) -> Told:
        """In what way the day counts."""
        known = self.calendar.day(date.fromordinal(day))
        kind = COUNTED
        if self.working and known.hours is not None:
            kind = HALF
        elif self.working and known.kind is DayKind.MAKEUP:
            kind = MAKEUP
        return self.guessed(day, kind) if self.working else kind

    def guessed(self, day: int, why: Told) -> Told:
        """The same, with a mark where the day is only guessed from its weekday."""
        return why if self.calendar.settled(day) else why + GUESS

    def end_of(self, day: int) -> int:
        """When the day ends for whoever waits for it."""
        if self.side == "people":
            return (day + 1) * DAY
        return day * DAY + self.calendar.table.openings(day)[-1][1] * MINUTE


def _days(leg: Leg, n: int, walk: _Walk) -> Iterator[Entry]:
    yield Entry(leg.first * DAY, (leg.first + 1) * DAY, 0, FIRST)
    day, left = leg.first, n
    while left:
        day += 1
        why = walk.why_not(day)
        left -= why is None
        if left or why:
            yield Entry(day * DAY, (day + 1) * DAY, int(why is None), why or walk.why(day))
    yield from _last(day, walk)


def _last(day: int, walk: _Walk) -> Iterator[Entry]:
    """The last counted day, and those it rolls over to the next working day."""
    if not walk.rests(day):
        why = walk.why(day) if walk.working else walk.guessed(day, COUNTED)
        yield Entry(day * DAY, walk.end_of(day), 1, why)
        return
    yield Entry(day * DAY, (day + 1) * DAY, 1, COUNTED + _beside(name_of(walk.calendar, day)))
    day += 1
    while walk.rests(day) or walk.paused(day):
        why = rest_of(walk.calendar, day) if walk.rests(day) else PAUSED
        yield Entry(day * DAY, (day + 1) * DAY, 0, why)
        day += 1
    yield Entry(day * DAY, walk.end_of(day), 0, walk.guessed(day, ROLLED))


def _beside(name: Told) -> Told:
    return Told(f"，但这天是{name.zh}", f", but it is a rest day ({name.en})")


def name_of(calendar: Calendar, day: int) -> Told:
    """What a rest day is called: 春节, 周末."""
    on = date.fromordinal(day)
    known = calendar.day(on)
    plain = Told("周末", "weekend") if on.weekday() > 4 else Told("休息日", "rest day")
    return Told(known.name("zh") or plain.zh, known.name("en") or plain.en)


def rest_of(calendar: Calendar, day: int) -> Told:
    """A rest day, left out, by its name."""
    why = name_of(calendar, day) + Told("，不计", ", left out")
    return why if calendar.settled(day) else why + GUESS


def _pieces(start: int, left: int, halts: Stops) -> Iterator[Entry]:
    at = start
    for since, until in halts:
        if until <= at or not left:
            continue
        run = min(left, max(0, since - at))
        if run:
            yield Entry(at, at + run, run, COUNTED)
            left, at = left - run, at + run
        if left:
            yield Entry(at, until, 0, PAUSED)
            at = until
    if left:
        yield Entry(at, at + left, left, COUNTED)


def _openings(start: int, left: int, calendar: Calendar, halts: Stops) -> Iterator[Entry]:
    """Openings piece by piece, cut by the stops; a day without any is told as one."""
    day = start // DAY
    while left:
        spans = calendar.table.openings(day)
        if not spans:
            yield Entry(max(start, day * DAY), (day + 1) * DAY, 0, rest_of(calendar, day))
        for opens, closes in spans:
            since, until = max(start, day * DAY + opens * MINUTE), day * DAY + closes * MINUTE
            for piece in _cut(since, until, halts):
                if not left:
                    return
                amount = min(left, piece.amount)
                yield Entry(piece.since, piece.since + amount if amount else piece.until, amount, piece.why)
                left -= amount
        day += 1


def _cut(since: int, until: int, halts: Stops) -> Iterator[Entry]:
    at = since
    for begin, end in halts:
        if end <= at or begin >= until:
            continue
        if begin > at:
            yield Entry(at, begin, begin - at, COUNTED)
        at = max(at, min(end, until))
        yield Entry(max(begin, since), at, 0, PAUSED)
    if at < until:
        yield Entry(at, until, until - at, COUNTED)


def lines(entries: Iterable[Entry], unit: Unit) -> Iterator[Told]:
    """The entries in words, neighbours of the same kind as one line; days that count are numbered."""
    number = 0
    for (why, counts), group in groupby(entries, key=lambda one: (one.why, one.amount > 0)):
        held = list(group)
        total = sum(one.amount for one in held)
        if unit.runs_from_the_moment:
            yield _stretch(held, total, why)
        else:
            yield _run(held, number, total, why, counts=counts)
            number += total


def _run(held: list[Entry], before: int, n: int, why: Told, *, counts: bool) -> Told:
    days = _days_in_words(held)
    if not counts:
        return Told(f"{days.zh}：{why.zh}。", f"{days.en}: {why.en}.")
    zh, en = (f"{before + 1}", "day") if n == 1 else (f"{before + 1}–{before + n}", "days")
    return Told(f"{days.zh}：{why.zh}，第{zh}天。", f"{days.en}: {why.en}, {en} {zh}.")


def _days_in_words(held: list[Entry]) -> Told:
    first, last = (date.fromordinal(one.since // DAY) for one in (held[0], held[-1]))
    return Told(f"{first}", f"{first}") if first == last else Told(f"{first}至{last}", f"{first} to {last}")


def _stretch(held: list[Entry], total: int, why: Told) -> Told:
    since, until = shown(held[0].since), shown(held[-1].until)
    if total:
        took = length(total)
        return Told(f"{since}至{until}：{why.zh}{took.zh}。", f"{since} to {until}: {took.en} {why.en}.")
    if held[0].since % DAY == 0 and held[-1].until % DAY == 0:
        days = _days_in_words(held)
        return Told(f"{days.zh}：{why.zh}。", f"{days.en}: {why.en}.")
    return Told(f"{since}至{until}：{why.zh}。", f"{since} to {until}: {why.en}.")
