"""Proofs of packs; what was proved, in this process or by the release, is not proved again."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from gantang.engine import Calendar, Finding, Pack
from gantang.engine.check import check
from gantang.procedures.service import proved

_Asked = tuple[Pack, object, str, int, tuple[Pack, ...]]
#: The last few: a preview and the entry after it ask the same. A proof of a large pack takes seconds.
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
    years = _start_years(calendar, since.year)
    is_proved = not pack.findings and proved.is_kept(proved.name(pack, calendar, others, years))
    found = () if is_proved else check(pack, calendar=calendar, packs=others, days=_days(years))
    _known.append((asked, found))
    return found


def keep_proofs(packs: Iterable[Pack], calendar: Calendar) -> tuple[Finding, ...]:
    """Prove packs for starts in the last published year and in the next, and keep that they are proved.

    Returns the first findings that stand in the way; nothing is kept then.
    """
    known, last = tuple(packs), max(calendar.published)
    names: dict[str, list[str]] = {}
    for pack, first in product(known, (last, last + 1)):
        others, years = tuple(one for one in known if one is not pack), _start_years(calendar, first)
        if found := check(pack, calendar=calendar, packs=others, days=_days(years)):
            return found
        names.setdefault(pack.name, []).append(proved.name(pack, calendar, others, years))
    proved.keep(names)
    return ()


def _start_years(calendar: Calendar, first: int) -> list[int]:
    """The published years from one on; that year where none is published yet."""
    return sorted(one for one in calendar.published if one >= first) or [first]


def _days(years: Iterable[int]) -> Iterator[date]:
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            yield day
            day += timedelta(days=1)
