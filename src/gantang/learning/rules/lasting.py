"""How long a certificate lasts, and what it is on a day."""

from calendar import monthrange
from datetime import date, timedelta


def lapses(issued: date, months: int | None) -> date | None:
    """The first day on which it is in force no longer; at the end of a month the last day there is."""
    if months is None:
        return None
    year, month = divmod(issued.year * 12 + issued.month - 1 + months, 12)
    return date(year, month + 1, min(issued.day, monthrange(year, month + 1)[1]))


def state(lapses_on: date | None, removed_on: date | None, on: date) -> str:
    """``valid``, ``lapsed`` or ``removed``: what was removed stays so."""
    if removed_on is not None:
        return "removed"
    return "lapsed" if lapses_on is not None and lapses_on <= on else "valid"


def renewable(lapses_on: date | None, on: date, ahead: int) -> bool:
    """Whether the exam may be sat again although it is in force."""
    return lapses_on is not None and lapses_on - timedelta(days=ahead) <= on
