"""What was proved in this process is not proved again: a preview and the entry after it ask the same."""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta

from gantang.engine import Calendar, Finding, Pack
from gantang.engine.check import check

_Asked = tuple[Pack, object, str, int, tuple[Pack, ...]]
#: The last few; a proof of a large pack takes seconds, finding one milliseconds.
_known: deque[tuple[_Asked, tuple[Finding, ...]]] = deque(maxlen=16)


def faults(pack: Pack, calendar: Calendar, others: tuple[Pack, ...], since: date) -> tuple[Finding, ...]:
    """Every finding of the checker on a pack. A calendar's version names its exact state.

    No matter will begin in a year that is over: start days are tried from the year of `since` on, as
    `gantang check` does; the calendar's earlier years would cost twenty times as much.
    """
    asked = (pack, pack.stages, calendar.version, since.year, others)
    for known, found in list(_known):
        if known == asked:
            return found
    found = check(pack, calendar=calendar, packs=others, days=_start_days(calendar, since.year))
    _known.append((asked, found))
    return found


def _start_days(calendar: Calendar, first: int) -> Iterator[date]:
    """Every day of the published years from one on; of that year where none is published yet."""
    for year in sorted(one for one in calendar.published if one >= first) or [first]:
        day = date(year, 1, 1)
        while day.year == year:
            yield day
            day += timedelta(days=1)
