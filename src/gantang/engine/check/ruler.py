"""Which of two periods is longer, also where they count in different units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from gantang.engine.model import Within
from gantang.engine.time import Calendar, deadline
from gantang.engine.time.calendar import ZONE
from gantang.engine.time.span import Span

#: Start days that are tried where units differ: a year and what its holidays reach into.
DAYS = 366


@dataclass(frozen=True)
class Ruler:
    """Compares periods on one calendar: of different units, at every start day of its last year."""

    calendar: Calendar

    def longer(self, old: Within, new: Within) -> bool:
        """Whether some answer has a longer period than before."""
        return any(self.further(before, after) for before, after in _pairs(old, new, longest=True))

    def shorter(self, old: Within, new: Within) -> bool:
        """Whether some answer has a shorter period than before."""
        return any(self.further(after, before) for before, after in _pairs(old, new, longest=False))

    def further(self, one: Span, other: Span) -> bool:
        """Whether the other span ends later, from some start day."""
        if one.unit == other.unit:
            return other.n > one.n
        return any(self._end(start, other) > self._end(start, one) for start in self._starts())

    def _starts(self) -> Iterator[datetime]:
        first = datetime(max(self.calendar.published or {2026}), 1, 1, 9, tzinfo=ZONE)
        return (first + timedelta(days=day) for day in range(DAYS))

    def _end(self, start: datetime, span: Span) -> datetime:
        return deadline(start, span, self.calendar).due


def _pairs(old: Within, new: Within, *, longest: bool) -> Iterator[tuple[Span, Span]]:
    """Spans to compare: answer by answer over the same field, else every new one with the old extreme."""
    if old.by is not None and old.by == new.by:
        before = dict(old.rows)
        yield from ((before[code], span) for code, span in new.rows if code in before)
        return
    pick = max if longest else min
    extreme = pick(old.spans(), key=lambda span: span.n) if _one_unit(old) else None
    for span in new.spans():
        if extreme is not None:
            yield extreme, span
        else:
            yield from ((one, span) for one in old.spans())


def _one_unit(within: Within) -> bool:
    return len({span.unit for span in within.spans()}) == 1
