"""The oracle with a watch: everybody acts at the last legal moment, seen with `decide` and `lapse` alone.

Every way is walked from a start at 24:00; a hand moves at the end of the state's clock (a microsecond
before a move by the clock forestalls it, and also before a clock that is carried on would be found run out),
extensions are taken at once, a pause is tried on each day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from gantang import engine
from gantang.engine.model import Procedure
from gantang.engine.run import clocks
from gantang.engine.run.case import Case
from gantang.engine.run.values import CHINA, Facts
from gantang.engine.time import Calendar, Span, Unit
from tests.engine.oracle import Oracle, doer

#: A procedure with more ways than that is left out, and counted.
MOST = 1500
TICK = timedelta(microseconds=1)


class TooManyError(Exception):
    """More cases than the watch has time for."""


@dataclass
class Watch:
    """`first` and `last` are the most calendar days seen to an end, with and without reopenings."""

    procedure: Procedure
    calendar: Calendar
    squeezed: bool = False
    known: dict[tuple[str, bool], datetime | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.oracle = Oracle(self.procedure, self.calendar)

    def days(self, starts: list[date], *, beyond: bool) -> int | None:
        """The most calendar days from any of the starts to the last end; None where no end is seen."""
        found = []
        for day in starts:
            case = self.oracle.open(datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(days=1))
            end = self.latest(case, beyond=beyond)
            if end is not None:
                found.append(((end - TICK).date() - day).days)
        return max(found, default=None)

    def latest(self, case: Case, *, beyond: bool) -> datetime | None:
        """The last moment at which an end is entered from here on, all moves being in time."""
        key = (case.to_json(), beyond)
        if key not in self.known:
            if len(self.known) > MOST:
                raise TooManyError
            self.known[key] = max(self._ends(case, beyond=beyond), default=None)
        return self.known[key]

    def _ends(self, case: Case, *, beyond: bool) -> Iterator[datetime]:
        if case.is_closed:
            assert case.closed_at is not None
            self.squeezed |= case.total is not None and case.closed_at > case.total.due
            yield case.closed_at
            if not beyond:
                return
        for after in self._on(case):
            end = self.latest(_bare(after), beyond=beyond)
            if end is not None:
                yield end

    def _on(self, case: Case) -> Iterator[Case]:
        """Every state that follows, entered as late as may be."""
        if case.is_closed:
            for facts in self.oracle.worlds(case.state):
                for move, until in case.until.items():
                    yield from self._by_hand(case, facts, until, only=move)
            return
        for drawn in (drawn for acted in self._acted(case) for drawn in self._drawn_out(acted)):
            for facts in self.oracle.worlds(case.state):
                yield from self._visit(drawn, facts)

    def _acted(self, case: Case) -> Iterator[Case]:
        """The visit as it is, and with the acts done on entry that some move asks for."""
        yield case
        done = case
        for _ in self.oracle.watched:
            for facts in self.oracle.worlds(case.state):
                for move, _, after, _ in self.oracle.by_hand(done, facts, case.entered_at, one_post=False):
                    wanted = move.name in self.oracle.watched and not done.uses.get(move.name)
                    if wanted and not move.is_edge and after.visit == case.visit:
                        done = after
                        break
        if done is not case:
            yield done

    def _visit(self, case: Case, facts: Facts) -> Iterator[Case]:
        """What a visit ends with: a move by the clock by its end, or a hand at the last moment before."""
        present, limit = case, _end_of(case)
        while (wake := engine.wake_at(self.procedure, present, self.calendar)) is not None and wake <= limit:
            for step in engine.lapse(self.procedure, present, facts, self.calendar, wake):
                after = engine.apply(present, step)
                if after.visit != case.visit:
                    yield after
                    yield from self._hands(present, facts, max(wake - TICK, case.entered_at))
                    return
                present = after
            limit = _end_of(present)
        yield from self._hands(present, facts, limit)

    def _hands(self, case: Case, facts: Facts, limit: datetime) -> Iterator[Case]:
        for at in {limit, *self._in_time(case, limit)}:
            yield from self._by_hand(case, facts, at)
        for move, until in case.until.items():
            if until < limit:
                yield from self._by_hand(case, facts, max(until, case.entered_at), only=move)

    def _in_time(self, case: Case, limit: datetime) -> Iterator[datetime]:
        """Just before a clock carried into another state would there, on entry, move the matter."""
        for name in self.procedure.states if case.clock is not None else ():
            if not self.procedure.carries(case.state, name):
                continue
            clock = clocks.start_state(
                self.procedure, name, case.clock.start, case.chosen, self.calendar, carried=case.clock
            )
            for watch in clock.watch if clock is not None else ():
                move = self.procedure.moves.get(self.procedure.late[watch.rule].move or "")
                if move and name in move.sources and case.entered_at <= watch.at - TICK < limit:
                    yield watch.at - TICK

    def _by_hand(self, case: Case, facts: Facts, at: datetime, only: str | None = None) -> Iterator[Case]:
        for move, _, after, _ in self.oracle.by_hand(case, facts, at, one_post=False):
            if move.is_edge and only in (None, move.name):
                yield after

    def _drawn_out(self, case: Case) -> Iterator[Case]:
        """The visit with all its extensions, without a pause and with one on each day it may begin."""
        state = self.procedure.states[case.state]
        longer = case
        for _ in range((state.extend.at_most or 0) if state.extend else 0):
            longer = self._granted(longer, "extension", case.entered_at) or longer
        yield longer
        for at in self._openings(longer) if state.pause is not None and longer.clock is not None else ():
            paused = self._granted(longer, "pause", at)
            if paused is not None:
                yield paused

    def _openings(self, case: Case) -> list[datetime]:
        """When a pause may begin: on entry, after each opening, in clocks of hours also after each 0:00."""
        clock, entered, minute = case.clock, case.entered_at, timedelta(minutes=1)
        assert clock is not None
        day, found = entered.replace(hour=0, minute=0, second=0, microsecond=0), {entered}
        hours = any(Span.parse(text).unit is Unit.HOURS for text in (clock.span, *clock.extensions))
        while day <= clock.due:
            found.add(max(self.calendar.next_opening(day) + minute, entered + TICK))
            found |= {max(day + minute, entered + TICK)} if hours else set()
            day += timedelta(days=1)
        return sorted(at for at in found if at <= clock.due)

    def _granted(self, case: Case, what: str, at: datetime) -> Case | None:
        owner = self.procedure.states[case.state].owner or ""
        answers = {"reason": "kept"}
        for move, duty, given in ((f"ask_{what}", owner, answers), (f"grant_{what}", "leader", {})):
            made = engine.decide(self.procedure, case, move, given, doer(duty), Facts(), self.calendar, at)
            if not made.allowed:
                return None
            case = self.oracle.after(case, made.steps)
        return case


def _end_of(case: Case) -> datetime:
    """The end of the visit; a handler's clock may have run out before it."""
    return max(case.clock.due, case.entered_at) if case.clock else case.entered_at


def _bare(case: Case) -> Case:
    """The case without what decides nothing further: who did it and when it was last touched."""
    return replace(case, made={}, changed_at=case.entered_at, visit=0, reopened=0)
