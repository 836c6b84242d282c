"""Prefix sums over the days of a calendar: any count of working days or open time is one subtraction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

#: Ticks are microseconds.
MINUTE = 60_000_000
DAY = 1440 * MINUTE
#: Nothing is counted beyond the year 9998; a table grows by at least this many days.
_END = 3_651_000
_GROW = 3_660

#: Minutes since midnight, each (opens, closes); empty on a rest day.
Opening = tuple[tuple[int, int], ...]


class ShortError(LookupError):
    """What is looked for lies behind the sums at hand: build more of them."""


class Sums:
    """One built range of days, `lo` ≤ day < `hi`.

    Before day lo + i, rank[i] counts the working days, opened[i] the open ticks, unsettled[i] the
    unannounced days.
    """

    __slots__ = ("hi", "lo", "opened", "openings", "rank", "unsettled", "work")

    def __init__(self, lo: int, openings: list[Opening], settled: list[bool]) -> None:
        self.lo, self.hi = lo, lo + len(openings)
        self.openings = openings
        self.work = [lo + i for i, spans in enumerate(openings) if spans]
        self.rank = [0, *accumulate(1 if spans else 0 for spans in openings)]
        self.opened = [0, *accumulate(sum(b - a for a, b in spans) * MINUTE for spans in openings)]
        self.unsettled = [0, *accumulate(0 if one else 1 for one in settled)]

    def works(self, day: int) -> bool:
        return bool(self.openings[day - self.lo])

    def worked(self, since: int, until: int) -> int:
        """Working days in since ≤ day < until."""
        return self.rank[until - self.lo] - self.rank[since - self.lo]

    def unannounced(self, since: int, until: int) -> bool:
        """Whether any day in since ≤ day < until is only guessed from its weekday."""
        return self.unsettled[until - self.lo] > self.unsettled[since - self.lo]

    def nth_working(self, after: int, n: int) -> int:
        """The n-th working day after day `after`."""
        index = self.rank[after + 1 - self.lo] + n - 1
        if index >= len(self.work):
            raise ShortError
        return self.work[index]

    def open_before(self, at: int) -> int:
        """Open ticks from the start of the range to a moment."""
        index, rest = divmod(at - self.lo * DAY, DAY)
        total = self.opened[index]
        for start, end in self.openings[index] if rest else ():
            if rest <= start * MINUTE:
                break
            total += min(rest, end * MINUTE) - start * MINUTE
        return total

    def when_open(self, total: int) -> int:
        """The first moment by which so many open ticks have passed, total ≥ 1."""
        index = bisect_left(self.opened, total)
        if index >= len(self.opened):
            raise ShortError
        left = total - self.opened[index - 1]
        for start, end in self.openings[index - 1]:
            if left <= (end - start) * MINUTE:
                return (self.lo + index - 1) * DAY + start * MINUTE + left
            left -= (end - start) * MINUTE
        raise AssertionError("the sums and the openings of a day differ")


class Table:
    """Days by ordinal; grows by itself when asked for what lies outside."""

    __slots__ = ("_listed", "_settled", "_sums", "_weekly")

    def __init__(
        self,
        weekly: Sequence[Opening],
        listed: Mapping[int, Opening],
        settled: Callable[[int], bool],
        lo: int,
        hi: int,
    ) -> None:
        self._weekly, self._listed, self._settled = weekly, listed, settled
        self._sums = self._built(lo, hi)

    def openings(self, day: int) -> Opening:
        """Opening hours of a day; empty on a rest day."""
        return self._listed[day] if day in self._listed else self._weekly[(day - 1) % 7]

    def covering(self, lo: int, hi: int) -> Sums:
        """Sums for lo ≤ day ≤ hi; replaced as a whole, so that readers in other threads are safe."""
        held = self._sums
        if held.lo <= lo and hi < held.hi:
            return held
        if lo < 1 or hi >= _END:
            raise OverflowError("outside the calendar: years 1 to 9998")
        first = held.lo if held.lo <= lo else max(1, lo - _GROW)
        last = held.hi if hi < held.hi else min(_END, hi + _GROW)
        self._sums = self._built(first, last)
        return self._sums

    def _built(self, lo: int, hi: int) -> Sums:
        days = range(lo, hi)
        return Sums(lo, [self.openings(day) for day in days], [self._settled(day) for day in days])
