"""Every start day of the calendar tried; the worst is then walked once more, for its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gantang.engine.check.course import Course
from gantang.engine.check.lanes import Lanes
from gantang.engine.check.longest import Arrival, Longest
from gantang.engine.check.reckon import day_of, end_of_day
from gantang.engine.time.table import DAY, MINUTE

#: How bad it is to start at a moment and to arrive at another.
Measure = Callable[[int, int], int]
HOUR = 60 * MINUTE
#: Starts taken together.
MANY = 400


@dataclass(frozen=True, slots=True)
class Swept:
    """The worst start found: by how much, on which day, and the arrival."""

    over: int
    start: int
    last: Arrival

    @property
    def day(self) -> int:
        return day_of(self.start)


def worst(longest: Longest, track: Course, measure: Measure, *, hours: bool = False) -> Swept | None:
    """The start with the largest `measure(start, latest arrival at an end)`; `hours`: each full hour too."""
    best: tuple[int, int] | None = None
    for some in _starts(longest, hours=hours) if track.ends else ():
        for start, at in zip(some, _latest(longest, track, some), strict=True):
            by = measure(start, at) if at is not None else None
            if by is not None and (best is None or by > best[0]):
                best = by, start
    if best is None:
        return None
    last = longest.latest(track, best[1])
    return Swept(best[0], best[1], last) if last is not None else None


def _latest(longest: Longest, track: Course, starts: list[int]) -> Sequence[int | None]:
    if not longest.total_moves and not track.hasty:
        return Lanes(longest, track).latest(starts) or [None] * len(starts)
    ends = [longest.latest(track, start) for start in starts]
    return [end.at if end is not None else None for end in ends]


def _starts(longest: Longest, *, hours: bool) -> Iterator[list[int]]:
    """The end of each day of the calendar, and where `hours` each full hour, some at a time."""
    some: list[int] = []
    for day in longest.reckoner.start_days():
        some += [day * DAY + hour * HOUR for hour in range(1, 24)] if hours else []
        some.append(end_of_day(day))
        if len(some) >= MANY:
            yield some
            some = []
    if some:
        yield some


def day_span(start: int, at: int) -> int:
    """Calendar days from a start to an arrival."""
    return day_of(at) - day_of(start)
