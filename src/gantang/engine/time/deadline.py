"""A deadline: a span counted from a moment, with its pauses and extensions, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from gantang.engine.time.calendar import Calendar, moment, ticks
from gantang.engine.time.explain import Explanation
from gantang.engine.time.legs import Side, count
from gantang.engine.time.pauses import Extended, Paused, stops
from gantang.engine.time.span import Span


class Deadline(NamedTuple):
    """`provisional` where the count crosses days whose notice is not published yet.

    A tuple, as `Leg` and `Explanation` are: they are made a hundred thousand times a second.
    """

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
    stood, more = tuple(pauses), tuple(extensions)
    halts = stops(stood) if stood else ()
    leg = count(ticks(start), span, calendar, side, halts)
    if not more:
        how = Explanation(calendar, side, (leg,), (span,), stood)
        return Deadline(moment(leg.due), how, leg.provisional, calendar.version)
    legs = [leg]
    for one in more:
        legs.append(count(legs[-1].due, one.by, calendar, side, halts))
    spans, whys = (span, *(one.by for one in more)), tuple(one.why for one in more)
    how = Explanation(calendar, side, tuple(legs), spans, stood, whys)
    return Deadline(moment(legs[-1].due), how, how.provisional, calendar.version)
