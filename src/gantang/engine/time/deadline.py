"""A deadline: a span counted from a moment, with its pauses and extensions, and how it was counted in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gantang.engine.time.calendar import Calendar, day_of, moment, ticks
from gantang.engine.time.legs import Leg, Side, count
from gantang.engine.time.pauses import Extended, Paused, stops
from gantang.engine.time.span import Span


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the working, in two languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a deadline was counted, line by line."""

    steps: tuple[Told, ...]

    def words(self, lang: str = "zh") -> str:
        return "".join(one.zh for one in self.steps) if not lang.startswith("en") else " ".join(
            one.en for one in self.steps
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """`provisional` where the count crosses days whose notice is not published yet."""

    due: datetime
    explanation: Explanation
    provisional: bool
    calendar_version: str


def deadline(
    start: datetime,
    span: Span,
    calendar: Calendar,
    *,
    side: Side = "staff",
    pauses: Iterable[Paused] = (),
    extensions: Iterable[Extended] = (),
) -> Deadline:
    """Count `span` from `start`; each extension counts from the old deadline."""
    stood = tuple(pauses)
    halts = stops(stood)
    legs = [count(ticks(start), span, calendar, side, halts)]
    spans = [span]
    for one in extensions:
        legs.append(count(legs[-1].due, one.by, calendar, side, halts))
        spans.append(one.by)
    due = moment(legs[-1].due)
    told = tuple(_told(leg, each) for leg, each in zip(legs, spans, strict=True))
    paused = tuple(_paused(one) for one in stood)
    provisional = any(leg.provisional for leg in legs)
    return Deadline(due, Explanation((*paused, *told)), provisional, calendar.version)


def _told(leg: Leg, span: Span) -> Told:
    start, due = moment(leg.start), moment(leg.due)
    counted = "" if span.unit.runs_from_the_moment else "，当天不算"
    left_out = "" if span.unit.runs_from_the_moment else ", that day left out"
    return Told(
        f"从{start:%Y-%m-%d %H:%M}起{counted}，数{span.words('zh')}，到{day_of(due):%Y-%m-%d}；"
        f"最后期限{due:%Y-%m-%d %H:%M}。",
        f"From {start:%Y-%m-%d %H:%M}{left_out}, {span} end on {day_of(due):%Y-%m-%d}; due {due:%Y-%m-%d %H:%M}.",
    )


def _paused(one: Paused) -> Told:
    since, until = f"{one.since:%Y-%m-%d %H:%M}", f"{one.until:%Y-%m-%d %H:%M}"
    return Told(f"{since}至{until}停表。", f"Paused from {since} to {until}.")
