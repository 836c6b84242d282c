"""How a deadline was counted: in a sentence or two for whoever waits, step by step for whoever checks it.

Nothing is worded until it is read: a clock is counted far more often than explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gantang.engine.time import account, plain, steps
from gantang.engine.time.account import Entry
from gantang.engine.time.calendar import Calendar
from gantang.engine.time.legs import Leg, Side
from gantang.engine.time.pauses import Paused, stops
from gantang.engine.time.span import Span
from gantang.engine.time.telling import Told


class Explanation(NamedTuple):
    """The legs that make a deadline (the span, then each extension) and what they were counted on."""

    calendar: Calendar
    side: Side
    legs: tuple[Leg, ...]
    spans: tuple[Span, ...]
    pauses: tuple[Paused, ...] = ()
    whys: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether it rests on a day whose notice is not published."""
        return any(leg.provisional for leg in self.legs)

    def words(self, lang: str = "zh") -> str:
        """A sentence or two: how much from when until when; what was left out, whether it may still move."""
        return plain.told(self).of(lang)

    @property
    def steps(self) -> tuple[Told, ...]:
        """The steps of the count, each with the rule it follows."""
        return tuple(steps.told(self, days=False))

    @property
    def audit(self) -> tuple[Told, ...]:
        """The same steps with every day (or opening) on the way: counted or left out, and why."""
        return tuple(steps.told(self, days=True))

    def account(self, number: int) -> Iterator[Entry]:
        """The working of one leg: what counts adds up to its span, the last entry ends when it is due."""
        leg, span = self.legs[number], self.spans[number]
        return account.account(leg, span, self.calendar, stops(self.pauses), self.side)
