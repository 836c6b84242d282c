"""Every start day of the calendar tried; the worst is then walked once more, for its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from gantang.engine.check.lanes import Lanes
from gantang.engine.check.longest import Arrival, Longest
from gantang.engine.check.passages import Course
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


def worst(longest: Longest, track: Course, measure: Measure) -> Swept | None:
    """The start with the largest `measure(start, latest arrival at an end)`."""
    return next(iter(worsts(longest, track, measure, 1)), None)


def worsts(
    longest: Longest, track: Course, measure: Measure, many: int, *, hours: bool = False
) -> list[Swept]:
    """The starts with the largest measures, the worst first; `hours`: each full hour is tried too."""
    found: list[tuple[int, int]] = []
    for some in _starts(longest, hours=hours) if track.ends else ():
        for start, at in zip(some, _latest(longest, track, some), strict=True):
            if at is not None:
                found.append((measure(start, at), -start))
    lasts = ((by, -start, longest.latest(track, -start)) for by, start in nlargest(many, found))
    return [Swept(by, start, last) for by, start, last in lasts if last is not None]


def _latest(longest: Longest, track: Course, starts: list[int]) -> Sequence[int | None]:
    if not (longest.total_moves or track.hasty or track.rolls):
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
