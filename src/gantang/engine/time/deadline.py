"""A deadline: a span counted from a moment, with its pauses and extensions, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gantang.engine.time.calendar import Calendar, moment, ticks
from gantang.engine.time.explain import Explanation
from gantang.engine.time.legs import Side, count
from gantang.engine.time.pauses import Extended, Paused, stops
from gantang.engine.time.span import Span


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
    """Count `span` from `start`; each extension counts from the old deadline.

    `side` says when the last day ends: "staff" at close of business, "people" at 24:00. Raises ValueError
    for a moment without time zone, OverflowError beyond the year 9998. Source: 民法典 §201–204.
    """
    stood = tuple(pauses)
    halts = stops(stood)
    legs = [count(ticks(start), span, calendar, side, halts)]
    more = tuple(extensions)
    for one in more:
        legs.append(count(legs[-1].due, one.by, calendar, side, halts))
    spans, whys = (span, *(one.by for one in more)), tuple(one.why for one in more)
    return Deadline(
        moment(legs[-1].due),
        Explanation(calendar, side, tuple(legs), spans, stood, whys),
        any(leg.provisional for leg in legs),
        calendar.version,
    )
