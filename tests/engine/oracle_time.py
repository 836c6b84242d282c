"""The oracle with a watch: everybody acts at the last legal moment, seen with `decide` and `lapse` alone.

Every way is walked from a start at 24:00; a hand moves at the end of the state's clock (a microsecond
before a move by the clock forestalls it, and also before a clock that is carried on would be found run out, and
at once where such a clock may be paused), extensions are taken at once, a pause is tried on each day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from gantang import engine
from gantang.engine.model import Procedure
from gantang.engine.run import clocks
from gantang.engine.run.case import Case, Clock
from gantang.engine.run.values import CHINA, Facts
from gantang.engine.time import Calendar, Span, Unit
from tests.engine.oracle import WAITS, Oracle

#: A procedure with more ways than that is left out, and counted; so is one that tries that many acts a way.
MOST = 2000
TRIES = 100
TICK = timedelta(microseconds=1)


class TooManyError(Exception):
    """More cases than the watch has time for."""


Ends = tuple[datetime | None, datetime | None]


@dataclass
class Watch:
    """`first` and `last` are the most calendar days seen to an end, with and without reopenings.

    Late rules beyond 100 % do not count; `others` are the procedures that this one may wait for.
    """

    procedure: Procedure
    calendar: Calendar
    others: Mapping[str, Watch] = field(default_factory=dict)
    beyond: bool = True
    most: int = MOST
    squeezed: bool = False
    tried: int = 0
    known: dict[tuple[object, ...], Ends] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbered = [rule for rule in self.procedure.late if rule.at <= 100]
        self.procedure = replace(self.procedure, late=tuple(numbered))
        self.oracle = Oracle(self.procedure, self.calendar)
        self.counted = {*self.oracle.bounded, *self.oracle.watched}
        self.kids = self.others
        more = self.procedure.total_extend
        self.longest = (more.at_most or 0) if more is not None and self.procedure.total is not None else 0
        self.total_moves = any(rule.of == "total" and rule.move for rule in self.procedure.late)

    def days(self, starts: list[date]) -> tuple[int | None, int | None]:
        """The most calendar days from any of the starts to the first and to the last end; None where none is seen."""
        found = [(day, self.ends_from(midnight_after(day))) for day in starts]
        return _most((day, ends[0]) for day, ends in found), _most((day, ends[1]) for day, ends in found)

    def ends_from(self, at: datetime) -> Ends:
        """The last moments at which a matter opened at a moment comes to its first and to its last end."""
        return self.latest(self.oracle.open(at))

    def latest(self, case: Case) -> Ends:
        """The last moments at which a first and a last end are entered from here on, all moves being in time.

        From an end on it is the same moment for both; with `beyond` False nothing follows an end.
        """
        key = self._key(case)
        if key not in self.known:
            if len(self.known) > self.most:
                raise TooManyError
            self.known[key] = self._ends(case)
        return self.known[key]

    def _key(self, case: Case) -> tuple[object, ...]:
        """All of a case that decides what follows."""
        uses = tuple(case.uses.get(name, 0) for name in self.counted)
        return case.state, case.entered_at, case.clock, case.total, case.closed_at, uses

    def _ends(self, case: Case) -> Ends:
        ends = [self.latest(_bare(after)) for after in self._on(case) if self.beyond or not case.is_closed]
        if not case.is_closed:
            return _last(first for first, _ in ends), _last(last for _, last in ends)
        assert case.closed_at is not None
        if case.total is not None and case.total.extended == self.longest:
            self.squeezed |= case.closed_at > case.total.due
        return case.closed_at, _last([case.closed_at, *(last for _, last in ends)])

    def _on(self, case: Case) -> Iterator[Case]:
        """Every state that follows, entered as late as may be."""
        if case.is_closed:
            for facts in self.oracle.worlds(case.state):
                for move, until in case.until.items():
                    yield from self._by_hand(case, facts, until, only=move)
            return
        for longer in self._lengthened(case):
            for acted in self._acted(longer):
                for facts in self.oracle.worlds(case.state):
                    for drawn in self._drawn_out(acted, facts):
                        yield from self._visit(drawn, facts)

    def _lengthened(self, case: Case) -> Iterator[Case]:
        """A case whose total begins, with all its extensions; where the total moves something, with fewer too."""
        fresh = case.total is not None and case.total.start == case.entered_at and not case.total.extended
        if not self.longest or not fresh:
            yield case
            return
        for _ in range(self.longest):
            if self.total_moves:
                yield case
            case = self.oracle.granted(case, "total_extension", case.entered_at) or case
        yield case

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
        over = replace(facts, children={}, gates=dict.fromkeys(facts.gates, True))
        for name, at in self._waiting(case, limit):
            yield from self._by_hand(case, over, at, only=name)

    def _waiting(self, case: Case, limit: datetime) -> Iterator[tuple[str, datetime]]:
        """When moves that wait for a child or a gate can be made, if that was begun at the last moment."""
        for move in self.procedure.moves_from(case.state):
            kids = {guard.args[0] for guard in move.needs if guard.name in WAITS} & self.kids.keys()
            over = max((self._over(kid, limit) for kid in kids), default=limit)
            until = max(case.until.get(move.name, over), limit)
            if over > limit:
                yield move.name, min(over, until)
                marks = {watch.at - TICK for watch in case.total.watch} if case.total is not None else ()
                yield from ((move.name, at) for at in marks if limit < at < min(over, until))

    def _over(self, kid: str, at: datetime) -> datetime:
        return self.kids[kid].ends_from(at)[0] or at

    def _in_time(self, case: Case, limit: datetime) -> Iterator[datetime]:
        """Just before a clock carried into another state would there, on entry, move the matter or be over; and
        at once, where it may be paused there. Not before a pause of this visit is over."""
        if case.clock is None:
            return
        since, ahead = (
            max([case.entered_at, *(until for _, until in case.clock.stops)]),
            self._ahead(case.state),
        )
        found = {at - TICK for name in ahead for at in self._running_out(case, case.clock, name)}
        if since == case.entered_at and any(self.procedure.states[name].pause for name in ahead):
            found.add(since)
        yield from (at for at in found if since <= at < limit)

    def _running_out(self, case: Case, carried: Clock, name: str) -> Iterator[datetime]:
        """When a clock carried into a state would move the matter there, or be over where it may be drawn out."""
        state, start = self.procedure.states[name], carried.start
        clock = clocks.start_state(self.procedure, name, start, case.chosen, self.calendar, carried=carried)
        if clock is not None and (state.extend or state.pause) is not None:
            yield clock.due
        for watch in clock.watch if clock is not None else ():
            move = self.procedure.moves.get(self.procedure.late[watch.rule].move or "")
            if move and name in move.sources:
                yield watch.at

    def _ahead(self, state: str) -> set[str]:
        """The states into which a clock may be carried from here, by one move or by several."""
        found, fresh = set[str](), {state}
        while fresh:
            fresh = {
                to for one in fresh for to in self.procedure.states if self.procedure.carries(one, to)
            } - found
            found |= fresh
        return found

    def _by_hand(self, case: Case, facts: Facts, at: datetime, only: str | None = None) -> Iterator[Case]:
        self._try()
        for move, _, after, _ in self.oracle.by_hand(case, facts, at, one_post=False):
            if move.is_edge and only in (None, move.name):
                yield after

    def _drawn_out(self, case: Case, facts: Facts) -> Iterator[Case]:
        """The visit with all its extensions, without a pause and with pauses on each day they may begin."""
        state = self.procedure.states[case.state]
        longer = case
        for _ in range((state.extend.at_most or 0) if state.extend else 0):
            longer = self.oracle.granted(longer, "extension", case.entered_at, facts) or longer
        yield longer
        if state.pause is not None and longer.clock is not None:
            yield from self._paused(longer, state.pause.at_most or 0, facts)

    def _paused(self, case: Case, most: int, facts: Facts) -> Iterator[Case]:
        for at in self._openings(case) if most else ():
            self._try()
            paused = self.oracle.granted(case, "pause", at, facts)
            if paused is not None and paused.visit == case.visit:
                yield paused
                yield from self._paused(paused, most - 1, facts)

    def _try(self) -> None:
        self.tried += 1
        if self.tried > self.most * TRIES:
            raise TooManyError

    def _openings(self, case: Case) -> list[datetime]:
        """When a pause may begin: on entry, after each opening; on rest days, and in clocks of hours, also
        after 0:00."""
        clock, entered, minute = case.clock, case.entered_at, timedelta(minutes=1)
        assert clock is not None
        day, found = entered.replace(hour=0, minute=0, second=0, microsecond=0), {entered}
        hours = any(Span.parse(text).unit is Unit.HOURS for text in (clock.span, *clock.extensions))
        while day <= clock.due:
            opening = self.calendar.next_opening(day)
            found.add(max(opening + minute, entered + TICK))
            rests = opening.date() != day.date()
            found |= {max(day + minute, entered + TICK)} if hours or rests else set()
            day += timedelta(days=1)
        since = max((until for _, until in clock.stops), default=entered)
        return sorted(at for at in found if since <= at <= clock.due)


def _most(found: Iterable[tuple[date, datetime | None]]) -> int | None:
    return max((((end - TICK).date() - day).days for day, end in found if end is not None), default=None)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    return max((one for one in moments if one is not None), default=None)


def bounded(procedure: Procedure) -> bool:
    """Whether a procedure ends in time, whatever is done: seen on its own."""
    seen = Oracle(procedure, Calendar("weeks", {}, published=[2026])).verdict()
    ends = any(procedure.states[name].is_end for name in seen.reached)
    return ends and not (seen.cycle_before_end or seen.clockless & seen.reached_before_end)


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(days=1)


def _end_of(case: Case) -> datetime:
    """The end of the visit; a handler's clock may have run out before it."""
    return max(case.clock.due, case.entered_at) if case.clock else case.entered_at


def _bare(case: Case) -> Case:
    """The case without what decides nothing further: who did it and when it was last touched."""
    return replace(case, made={}, changed_at=case.entered_at, visit=0, reopened=0)
