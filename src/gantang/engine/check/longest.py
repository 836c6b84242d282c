"""The longest way through a procedure: everybody acts at the last legal moment.

Nodes are (state, uses left); without idling they have an order, and one pass
over them from a start gives the latest arrivals at each. A later arrival never
comes to an earlier end, so only the latest arrivals are kept. The exception is a
handler's clock that is carried on: if it has run out on entry, a move by the clock
comes before any hand, so there every arrival is kept, and hands also act just
before (`Stop.hurried`). Where such a clock may be paused, hands act at once as well:
a pause before a holiday may be worth more than to come late (`Stop.paused`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from gantang.engine.check.answering import Rows
from gantang.engine.check.graph import Graph, Hop, Node
from gantang.engine.check.passages import Aim, Course, Passage, Stop
from gantang.engine.check.reckon import Reckoner
from gantang.engine.check.visit import Stay, Visits, spans_of
from gantang.engine.model import LateRule
from gantang.engine.time.pauses import Stops
from gantang.engine.time.span import Span

#: How many arrivals at a node are kept for the total's sake, before the earlier are let go.
MOST = 200
#: When a child or a gate begun at a moment is over at the latest.
Wait = Callable[[str, int], int | None]


@dataclass(slots=True, eq=False)
class Arrival:
    """A matter at a node: since when, since when its clock runs, what was paused, and how it came.

    `halts` belong to the state's clock, `stops` to the total, which runs since `opened`.
    `passed` counts the total's marks (`Longest.marks`) that were passed on the way, `waiting` are late
    rules of those whose move could not start there, `more` the extensions that the total has been given.
    """

    node: Node
    at: int
    since: int
    opened: int
    halts: Stops = ()
    stops: Stops = ()
    passed: int = 0
    waiting: frozenset[LateRule] = frozenset()
    more: int = 0
    before: Arrival | None = None
    hop: Hop | None = None
    due: int | None = None

    def way(self) -> tuple[Arrival, ...]:
        """All arrivals up to this one."""
        found: list[Arrival] = []
        here: Arrival | None = self
        while here is not None:
            found.append(here)
            here = here.before
        return tuple(reversed(found))


Found = dict[Node, list[Arrival]]
#: Arrivals at a node by what is decisive for the ways on from them.
Held = dict[tuple[object, ...], Arrival]


@dataclass(frozen=True)
class Longest:
    """The longest ways of one procedure on one calendar, for one set of closed answers.

    `pauses`: False leaves them out, True takes what draws the visit out most, None tries both and
    keeps arrivals for which the total ends sooner. `all_totals`: whether a total that moves the matter
    is tried with fewer extensions than it may have, too.
    """

    graph: Graph
    reckoner: Reckoner
    rows: Rows = field(default_factory=dict)
    wait: Wait | None = None
    pauses: bool | None = True
    all_totals: bool = True

    @cached_property
    def visits(self) -> Visits:
        return Visits(self.graph.procedure, self.reckoner, self.rows)

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """The percents at which the total's clock, at its end or before, moves the matter from somewhere."""
        rules = (rule for edges in self.graph.edges.values() for edge in edges for rule in edge.rules)
        return tuple(sorted({rule.at for rule in rules if rule.of == "total" and rule.at <= 100}))

    @property
    def total_moves(self) -> bool:
        return bool(self.marks)

    @cached_property
    def longer(self) -> tuple[int, ...]:
        """How many extensions a total may be given: all of them, or where it moves the matter, fewer too."""
        more = self.graph.procedure.total_extend
        most = (more.at_most or 0) if more is not None and more.by is not None else 0
        return tuple(range(most, -1, -1)) if self.total_moves and self.all_totals else (most,)

    def arrivals(self, track: Course, start: int) -> Found:
        """The latest arrivals at each node from a start."""
        first = [Arrival(track.first, start, start, start, more=more) for more in self.longer]
        found: dict[Node, Held] = {track.first: {self._key(one): one for one in first}}
        hasty = {stop.node for stop in track.stops if stop.hurried or stop.rolling}
        hasty |= {node for stop in track.stops for node in stop.paused}
        for stop in track.stops:
            for here in tuple(found.get(stop.node, {}).values()) if stop.passages else ():
                for there in self._on(here, stop):
                    self._keep(found.setdefault(there.node, {}), there, every=there.node in hasty)
        return {node: list(held.values()) for node, held in found.items()}

    def latest(self, track: Course, start: int) -> Arrival | None:
        """The latest arrival at an end."""
        found = self.arrivals(track, start)
        return max((one for node in track.ends for one in found.get(node, ())), key=_at, default=None)

    def _on(self, here: Arrival, stop: Stop) -> Iterator[Arrival]:
        if stop.state.is_end:
            for one in stop.passages:
                until = self.visits.until(one.until, here.at) if one.until else here.at
                for more in self.longer:
                    yield Arrival(one.target, until, until, until, more=more, before=here, hop=one.hop)
            return
        if here.waiting & stop.starts:
            yield from self._owed(here, stop)
            if here.waiting & stop.surely:
                return
            here = replace(here, waiting=here.waiting - stop.starts)
        stays = self.stays(here, stop)
        yield from self._at_once(here, stop, stays)
        for stay in stays:
            limit = self.limit(here, stop, stay)
            for one in stop.passages:
                yield from self._through(here, stop, stay, one, limit)

    def _at_once(self, here: Arrival, stop: Stop, stays: tuple[Stay, ...]) -> Iterator[Arrival]:
        """Hands that act on entry, with the clock carried on to where it may be paused."""
        if not stop.paused or self.pauses is False or any(stay.over for stay in stays):
            return
        for one in stop.passages:
            if one.hand and one.target in stop.paused:
                stay = Stay(here.at, (), ())
                for moment, passed, waiting in self._split(here, stop, stay, one, here.at):
                    yield self._arrive(here, stay, one, moment, passed, waiting)

    def _owed(self, here: Arrival, stop: Stop) -> Iterator[Arrival]:
        """What the total owes on entry: rules that waited for a state their move starts from, in their order.

        The first of them that surely moves is the last.
        """
        stay = self.visits.over(stop.state, here.at) if stop.state.within else Stay(here.at, (), ())
        first = min((rule.order for rule in here.waiting & stop.surely), default=None)
        for one in stop.passages:
            lines = [rule.order for rule in one.hop.edge.rules if rule in here.waiting]
            if lines and (first is None or min(lines) <= first):
                left = replace(here, waiting=here.waiting - stop.starts)
                yield self._arrive(left, stay, one, here.at, here.passed, left.waiting)

    def stays(self, here: Arrival, stop: Stop) -> tuple[Stay, ...]:
        if stop.sure is not None and here.since != here.at:
            mark = self.visits.plain(stop.state, here.since, here.halts, stop.sure)
            if mark <= here.at:
                return (self.visits.over(stop.state, here.at),)
        found = self._drawn(here, stop, None)
        if self.pauses is None and stop.state.pause is not None:
            found = tuple({stay.halts: stay for stay in (*found, *self._against_total(here, stop))}.values())
        if self.pauses is False or stop.state.pause is None:
            return found
        more = (stay for aim in stop.aims for stay in self._drawn(here, stop, aim))
        late = (
            stay
            for percent in self._struck_by_total(here, stop)
            for stay in self._for_total(here, stop, percent)
        )
        return tuple({stay.halts: stay for stay in (*found, *more, *late)}.values())

    def _struck_by_total(self, here: Arrival, stop: Stop) -> set[int]:
        """Percents of the total, not passed yet, at which it takes the matter on from here."""
        marks = self.marks[here.passed :]
        return {one.of_total for one in stop.passages if one.of_total is not None and one.of_total in marks}

    def _for_total(self, here: Arrival, stop: Stop, percent: int) -> tuple[Stay, ...]:
        """The visits with the pauses that draw a mark of the total out most."""

        def lead(_: int, halts: Stops) -> int:
            return self.total_due(here.opened, (*here.stops, *halts), percent, here.more) or 0

        return self.visits.leading(stop.state, here.since, here.at, here.halts, lead)

    def _against_total(self, here: Arrival, stop: Stop) -> tuple[Stay, ...]:
        """The visits with the pauses that draw their end out most against the total's."""

        def lead(due: int, halts: Stops) -> int:
            return due - (self.total_due(here.opened, (*here.stops, *halts), 100, here.more) or 0)

        return self.visits.leading(stop.state, here.since, here.at, here.halts, lead)

    def _drawn(self, here: Arrival, stop: Stop, aim: Aim | None) -> tuple[Stay, ...]:
        """A visit drawn out for an aim: the one that serves it most, or all where `pauses` is None."""
        start, halts, paused = here.since, here.halts, self.pauses is not False
        stays = self.visits.stays(stop.state, start, here.at, halts, paused=paused, aim=aim)
        if not self.pauses or self.total_moves or stop.rolling or len(stays) < 2:
            return stays
        if aim is None:
            return (max(stays, key=_due),)
        spans = stays[0].spans
        return (
            max(stays, key=lambda one: self.visits.aimed(stop.state, start, spans, halts, aim, one.halts)),
        )

    def limit(self, here: Arrival, stop: Stop, stay: Stay) -> int:
        """The last moment of the visit: its end, or a mark before it at which the clock surely moves."""
        if stop.early is None:
            return max(stay.due, here.at)
        mark = self.visits.mark(stop.state, here.since, here.halts, stay, stop.early)
        return max(here.at, min(stay.due, mark))

    def _through(self, here: Arrival, stop: Stop, stay: Stay, one: Passage, limit: int) -> Iterator[Arrival]:
        last = self.leaves(here, stop, stay, one, limit)
        if last is None:
            return
        for at in (last, *self._in_time(here, stop, stay, one, last)):
            for moment, passed, waiting in self._split(here, stop, stay, one, at):
                yield self._arrive(here, stay, one, moment, passed, waiting)

    def _in_time(self, here: Arrival, stop: Stop, stay: Stay, one: Passage, last: int) -> Iterator[int]:
        """Moments before the last one, just before a clock that is carried on would have run out on entry."""
        if not (one.hand and one.carries) or stay.over:
            return
        halts = (*here.halts, *stay.halts)
        since = max([here.at, *(until for _, until in stay.halts)])
        for state, percent in stop.hurried:
            at = self.visits.plain(state, here.since, halts, percent) - 1
            if since <= at < last:
                yield at

    def leaves(self, here: Arrival, stop: Stop, stay: Stay, one: Passage, limit: int) -> int | None:
        """When the passage is taken at the latest; None if never in time."""
        if stay.over:
            return self._on_entry(here, stop, one)
        if one.hand:
            at = limit
            if stop.hurried and one.carries and stop.sure is not None:
                at = max(limit - 1, here.at)  # the clock comes first at the very end
            if one.before is not None:
                at = min(at, self._mark(here, stop, stay, one.before))
            at = at if stop.sure is not None or one.before is not None else self._waited(one, at)
            if one.until is not None:
                return min(at, max(self.visits.until(one.until, here.at), here.at))
            return at
        if one.percent is not None:
            return self._struck(here, stop, stay, one, one.percent, limit)
        return self._by_total(here, stay, one, limit)

    def _struck(
        self, here: Arrival, stop: Stop, stay: Stay, one: Passage, percent: int, limit: int
    ) -> int | None:
        """When the clock takes the passage at a percent; None where another mark took the matter before."""
        if not stop.rolls:
            return limit if percent == 100 else min(limit, self._mark(here, stop, stay, percent))
        at = self._mark(here, stop, stay, percent)
        if at > limit or any(self._mark(here, stop, stay, n) == at for n in stop.forestalled(percent, one)):
            return None
        return at

    def _mark(self, here: Arrival, stop: Stop, stay: Stay, percent: int) -> int:
        return max(self.visits.mark(stop.state, here.since, here.halts, stay, percent), here.at)

    def _by_total(self, here: Arrival, stay: Stay, one: Passage, limit: int) -> int | None:
        """The moment at which the total moves the matter; None where that mark was passed before."""
        if one.of_total is None or one.of_total not in self.marks[here.passed :]:
            return None
        mark = self.total_due(here.opened, (*here.stops, *stay.halts), one.of_total, here.more) or 0
        return mark if here.at <= mark <= limit else None

    def _on_entry(self, here: Arrival, stop: Stop, one: Passage) -> int | None:
        """When a passage is taken though the clock had run out on entry: then, by the clock alone."""
        if one.percent is None:
            return None
        mark = self.visits.plain(stop.state, here.since, here.halts, one.percent)
        return here.at if mark <= here.at else None

    def _split(
        self, here: Arrival, stop: Stop, stay: Stay, one: Passage, at: int
    ) -> Iterator[tuple[int, int, frozenset[LateRule]]]:
        """When a passage may be taken, with the total's marks passed by then, and what waits for a state.

        Where the total may move the matter from here, a hand also leaves just before its mark; what it
        surely moves nobody else moves afterwards.
        """
        passed, waiting, stops = here.passed, here.waiting, (*here.stops, *stay.halts)
        for percent in self.marks[here.passed :]:
            mark = self.total_due(here.opened, stops, percent, here.more)
            if mark == at and one.strikes(percent):
                yield at, passed + 1, waiting | self._after(stop, one, percent)
                return
            if mark is None or mark > at or (mark == at and not one.hand and not stop.first(percent, one)):
                break
            if one.hand and not stay.over and here.at < mark and stop.moves_at(percent):
                yield mark - 1, passed, waiting  # the clock comes first at the very mark
            if percent in stop.held or percent in one.held:
                return
            passed += 1
            waiting |= {rule for rule in self._rules_at(percent) if rule not in stop.starts}
        yield at, passed, waiting

    def _after(self, stop: Stop, one: Passage, percent: int) -> set[LateRule]:
        """Rules at the total's mark that have not had their turn when one of them moves the matter."""
        turn = min(rule.order for rule in one.hop.edge.rules if rule.of == "total" and rule.at == percent)
        return {rule for rule in self._rules_at(percent) if rule not in stop.starts or rule.order > turn}

    def _rules_at(self, percent: int) -> Iterator[LateRule]:
        """Late rules of the total that only move; one that tells as well is done with when it has told."""
        late = self.graph.procedure.late
        return (
            rule for rule in late if rule.of == "total" and rule.at == percent and rule.move and not rule.tell
        )

    def _waited(self, one: Passage, at: int) -> int:
        """When what the move waits for is over, if it was begun at the last moment.

        Nothing waits where the clock surely takes the matter on.
        """
        over = [self.wait(name, at) for name in one.waits] if self.wait else []
        return max((end for end in over if end is not None), default=at)

    def _arrive(
        self, here: Arrival, stay: Stay, one: Passage, at: int, passed: int, waiting: frozenset[LateRule]
    ) -> Arrival:
        stops = (*here.stops, *stay.halts) if stay.halts else here.stops
        since, halts = (here.since, (*here.halts, *stay.halts)) if one.carries else (at, ())
        return Arrival(
            one.target, at, since, here.opened, halts, stops, passed, waiting, here.more, here, one.hop
        )

    def total_due(
        self, opened: int, stops: Stops, percent: int = 100, extensions: int | None = None
    ) -> int | None:
        """When the total, drawn out by its extensions (by all it may have), ends."""
        if self.graph.procedure.total is None:
            return None
        key = (opened, stops, percent, self.longer[0] if extensions is None else extensions)
        due = self._totals.get(key)
        if due is None:
            spans = self._total_spans(key[-1])
            due = self._totals[key] = self.visits.part(opened, spans, "staff", stops, percent)
        return due

    @cached_property
    def _totals(self) -> dict[tuple[int, Stops, int, int], int]:
        """When the total ends, as it was counted: many ways take the same pauses."""
        return {}

    def _total_spans(self, extensions: int) -> tuple[Span, ...]:
        total, more = self.graph.procedure.total, self.graph.procedure.total_extend
        extra = (more.by,) * extensions if more is not None and more.by is not None else ()
        return (spans_of(total, self.rows), *extra) if total is not None else ()

    def _keep(self, held: Held, new: Arrival, *, every: bool) -> None:
        """Adds an arrival unless another is as late in everything; drops those it outdoes.

        With `every` all are kept that differ: where a clock may have run out on entry, later is not longer;
        nor is it (up to MOST arrivals) while the total may still move the matter.
        """
        key = self._key(new)
        if key in held:
            if self.pauses is None and self._due(new) < self._due(held[key]):
                held[key] = new
            return
        if not every and (new.passed >= len(self.marks) or len(held) >= MOST):
            if any(outdoes(old, new) and self._as_soon(old, new) for old in held.values()):
                return
            for outdone in [at for at, old in held.items() if outdoes(new, old) and self._as_soon(new, old)]:
                del held[outdone]
        held[key] = new

    def _as_soon(self, one: Arrival, other: Arrival) -> bool:
        """Whether the total ends no later for one than for the other, where that is looked at."""
        return self.pauses is not None or self._due(one) <= self._due(other)

    def _key(self, one: Arrival) -> tuple[object, ...]:
        """Arrivals with the same key have the same ways on, at the same moments.

        What the total was paused for matters on the way only where the total moves the matter.
        """
        stops = one.stops if self.total_moves else None
        return one.at, one.since, one.opened, one.passed, one.waiting, one.more, one.halts, stops

    def _due(self, one: Arrival) -> int:
        """When the total ends for an arrival, counted once."""
        if one.due is None:
            one.due = self.total_due(one.opened, one.stops, 100, one.more) or 0
        return one.due


def _due(stay: Stay) -> int:
    return stay.due


def _at(arrival: Arrival) -> int:
    return arrival.at


def outdoes(one: Arrival, other: Arrival) -> bool:
    """Whether an arrival is at least as late as another, with clocks at least as late."""
    if (
        one.at < other.at
        or one.since < other.since
        or (one.passed, one.waiting, one.more) != (other.passed, other.waiting, other.more)
        or one.opened < other.opened
    ):
        return False
    return not other.halts or set(other.halts) <= set(one.halts)
