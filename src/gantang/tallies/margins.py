"""Margins: counts added up over all dimensions but one, and over spans of days, so that a wide ground and a
long time cost no more than a narrow and a short one.

They are kept for each ground down to the county by every dimension of ``DIMENSIONS``, for townships and
villages by none of them. Days are added up in spans of 1, 8 and 64, counted from ``ANCHOR``: any time is
covered by a few of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

#: What a count is split by, or filtered by, in a margin; "" is none: all together.
ALL = ""
DIMENSIONS = (ALL, "klass", "procedure", "unit", "channel", "urban", "cause")
#: How many digits the grounds have that margins are kept of: by every dimension, and by none of them.
SPLIT, WHOLE = (2, 4, 6), (2, 4, 6, 9, 12)
#: The lengths of the spans in days, and the day that they are counted from (a Monday).
SPANS = (64, 8, 1)
ANCHOR = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Spans of one length, from a day on and before another; None is open."""

    span: int
    since: date | None
    before: date | None


def dimension(used: Iterable[str], ground: str, level: int | None) -> str | None:
    """The margin that answers a question by these dimensions of a ground, or of those below it with ``level``
    digits; None where no margin does, so that the counts themselves must be read."""
    names = set(used) - {"ground", "measure", "day"}
    one = next(iter(names), ALL)
    if len(names) > 1 or one not in DIMENSIONS or not ground.isdigit():
        return None
    kept = (level or len(ground)) in (SPLIT if one else WHOLE)
    return one if kept and (level is None or above(level) == len(ground)) else None


def above(level: int) -> int:
    """How many digits the ground one level up has; 0 above the widest."""
    return max((one for one in WHOLE if one < level), default=0)


def cover(since: date | None, until: date | None) -> list[Stretch]:
    """The fewest spans that make up the days from ``since`` to ``until``, both included, None is open."""
    return _cover(since, _after(until), SPANS)


def single(since: date | None, until: date | None) -> list[Stretch]:
    """The same, each day by itself: for what is split by days."""
    return [Stretch(1, since, _after(until))]


def _after(until: date | None) -> date | None:
    return until + timedelta(days=1) if until else None


def _cover(since: date | None, before: date | None, spans: tuple[int, ...]) -> list[Stretch]:
    span, *smaller = spans
    first = start(since + timedelta(days=span - 1), span) if since else None
    last = start(before, span) if before else None
    if first and last and first >= last:
        return _cover(since, before, tuple(smaller)) if smaller else []
    ends = [*_edge(since, first, smaller), *_edge(last, before, smaller)]
    return [Stretch(span, first, last), *ends]


def _edge(since: date | None, before: date | None, spans: list[int]) -> list[Stretch]:
    """What is left over at one end, in smaller spans."""
    return _cover(since, before, tuple(spans)) if spans and since and before and since < before else []


def start(day: date, span: int) -> date:
    """The first day of the span that a day falls in."""
    return day - timedelta(days=(day - ANCHOR).days % span)
