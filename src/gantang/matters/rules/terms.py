"""How long people stay in a matter that has ended: the term, and the day before which nothing can be due."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from gantang.engine import Procedure, Span
from gantang.engine.time.span import SpanError, Unit

ERASE = "erase_people"
#: Never more days than the unit has: what may be due is looked at one by one.
_LEAST_DAYS = {
    Unit.HOURS: 1 / 24,
    Unit.WORKING_HOURS: 1 / 24,
    Unit.DAYS: 1,
    Unit.WORKING_DAYS: 1,
    Unit.MONTHS: 28,
    Unit.YEARS: 365,
}


def term_of(procedure: Procedure, own: Mapping[str, str]) -> Span | None:
    """The term of a procedure: the deployment's (``own``, by the procedure's name), else its ``keep``; None
    where there is none, and then nothing is erased."""
    if procedure.name in own:
        return _span(own[procedure.name])
    keep = procedure.keep
    return keep.after_close if keep is not None and keep.then == ERASE else None


def ended_before(span: Span, now: datetime) -> datetime:
    """What ended later is within its term, whatever the calendar."""
    return now - timedelta(days=span.n * _LEAST_DAYS[span.unit])


def unreadable(own: Mapping[str, str]) -> list[str]:
    """The procedures whose own term cannot be read: nothing of theirs is erased before it is mended."""
    return sorted(name for name, text in own.items() if _span(text) is None)


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text)
    except SpanError:
        return None
