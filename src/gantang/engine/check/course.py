"""The order in which nodes can be passed, with all that can be known of a hop before time is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from gantang.engine.check.graph import Graph, Hop, Node, open_guards
from gantang.engine.model import LateRule, Move, Procedure, State, Within
from gantang.engine.time.span import Span, Unit

Rows = Mapping[str, str]
WAITING = ("children_closed", "gate_open")


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A hop as it costs time: by hand at the end of the visit, or by the clock at a percent of it.

    `before`: a percent of the clock by which a hand must act, since the clock then moves the matter
    wherever the hand's own guards hold; `held` are percents of the total at which it does.
    """

    hop: Hop
    target: Node
    hand: bool
    until: Move | None
    percent: int | None
    of_total: int | None
    waits: tuple[str, ...]
    carries: bool
    before: int | None = None
    held: frozenset[int] = frozenset()

    def strikes(self, percent: int) -> bool:
        """Whether it is the total that takes it, at that percent."""
        return not self.hand and self.percent is None and self.of_total == percent

    def at(self, of: str) -> int | None:
        """The percent of a clock at which it is taken."""
        return self.of_total if of == "total" else self.percent


@dataclass(frozen=True, slots=True)
class Aim:
    """What a pause may be meant for: a percent of the visit's clock, or of it as carried into a state."""

    state: str | None
    percent: int


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """A node on the course: its passages, the percent at which its clock surely moves, those at which the
    total does (`held`). `starts` are late rules of the total whose move may start here, `surely` those of
    them that nothing can stand against.

    `hurried` are the clocks ahead (of a handler's state, with that percent) that may have run out
    on entry and then take the matter on before anybody acts. `aims` are what its pauses may be meant
    for besides its own end. `struck` are the rules of the state's clock that surely move. `rolling`: here or
    ahead marks of a clock may fall together, so that it matters on which day one comes. `paused` are nodes
    ahead into which its clock may be carried towards a pause: whoever comes early may begin it early.
    """

    node: Node
    state: State
    passages: tuple[Passage, ...]
    sure: int | None
    held: frozenset[int]
    starts: frozenset[LateRule] = frozenset()
    surely: frozenset[LateRule] = frozenset()
    hurried: tuple[tuple[State, int], ...] = ()
    aims: tuple[Aim, ...] = ()
    struck: frozenset[LateRule] = frozenset()
    rolling: bool = False
    paused: frozenset[Node] = frozenset()

    def forestalled(self, percent: int, one: Passage) -> tuple[int, ...]:
        """Other percents of the clock that surely move before a passage does, if they fall on its moment."""
        turns = [rule.order for rule in one.hop.edge.rules if rule.of == "state" and rule.at == percent]
        return tuple(rule.at for rule in self.struck if rule.at != percent and rule.order < min(turns))

    def moves_at(self, percent: int) -> bool:
        """Whether the total may move the matter from here at a percent."""
        return any(rule.at == percent for rule in self.starts)

    def first(self, percent: int, one: Passage) -> bool:
        """Whether a rule of the total at a percent has its turn here before the rule that takes a passage."""
        turns = [rule.order for rule in one.hop.edge.rules if rule.at == one.at(rule.of)]
        return any(rule.at == percent and rule.order < min(turns) for rule in self.starts if turns)

    @property
    def rolls(self) -> bool:
        """Whether the clock may move the matter at several marks, in days."""
        within = self.state.within
        days = within is not None and any(span.unit is Unit.DAYS for span in within.spans())
        return days and len({one.percent for one in self.passages if one.percent is not None}) > 1

    @property
    def early(self) -> int | None:
        """The percent at which the clock surely moves, if that is before its end."""
        return self.sure if self.sure is not None and self.sure < 100 else None


@dataclass(frozen=True)
class Course:
    """Nodes from a first one on, each after all that lead to it; `broken` if a cycle had to be cut."""

    stops: tuple[Stop, ...]
    ends: tuple[Node, ...]
    broken: bool

    @property
    def first(self) -> Node:
        return self.stops[0].node

    @property
    def hasty(self) -> bool:
        """Whether to come later may be to end earlier: some clock may have run out on entry."""
        return any(stop.hurried for stop in self.stops)

    @property
    def rolls(self) -> bool:
        """Whether marks of one clock may fall together on some days: in days that roll over rest days."""
        return any(stop.rolling for stop in self.stops)

    @property
    def states(self) -> tuple[State, ...]:
        return tuple({stop.state.name: stop.state for stop in self.stops}.values())


def course(graph: Graph, first: Node, rows: Rows, *, beyond: bool) -> Course:
    """The course from a first node on; `beyond` goes on behind an end."""
    order, hops, broken = _Search(graph, first, rows, beyond).done()
    states = graph.procedure.states
    rank = {name: at for at, name in enumerate(states)}
    ends = tuple(
        sorted((node for node in order if states[node.state].is_end), key=lambda one: rank[one.state])
    )
    stops = [_stop(graph, node, hops[node]) for node in order]
    return Course(tuple(_pausing(list(_rolling(list(_hurried(stops)))))), ends, broken)


def _hurried(stops: list[Stop]) -> Iterator[Stop]:
    """The stops, each with the clocks that may have run out when they are carried into a later one."""
    before = _carriers(stops)
    clocks: dict[Node, tuple[State, int]] = {}
    for stop in stops:
        mark = _eager(stop, before.get(stop.state.name, {}))
        if mark is not None:
            clocks[stop.node] = stop.state, mark
    ahead = set(clocks)
    for stop in reversed(stops) if clocks else ():
        if any(one.target in ahead for one in stop.passages):
            ahead.add(stop.node)
    every = tuple({state.name: (state, mark) for state, mark in clocks.values()}.values())
    return (replace(stop, hurried=every) if stop.node in ahead else stop for stop in stops)


def _rolling(stops: list[Stop]) -> Iterator[Stop]:
    ahead = {stop.node for stop in stops if stop.rolls}
    for stop in reversed(stops) if ahead else ():
        if any(one.target in ahead for one in stop.passages):
            ahead.add(stop.node)
    return (replace(stop, rolling=True) if stop.node in ahead else stop for stop in stops)


def _pausing(stops: list[Stop]) -> Iterator[Stop]:
    """The stops, each with the nodes into which a clock is carried that may be paused there or further on."""
    ahead = {stop.node for stop in stops if stop.state.pause is not None}
    found: dict[Node, frozenset[Node]] = {}
    for stop in reversed(stops) if ahead else ():
        found[stop.node] = frozenset(
            one.target for one in stop.passages if one.carries and one.target in ahead
        )
        if found[stop.node]:
            ahead.add(stop.node)
    return (replace(stop, paused=found[stop.node]) if found.get(stop.node) else stop for stop in stops)


def _carriers(stops: list[Stop]) -> dict[str, dict[str, State]]:
    """For each state the states from which a clock may be carried into it, over others too."""
    states = {stop.state.name for stop in stops}
    found: dict[str, dict[str, State]] = {}
    for stop in stops:
        for one in stop.passages:
            if one.carries:
                found.setdefault(one.target.state, {})[stop.state.name] = stop.state
    for _ in states:
        for some in found.values():
            for name in tuple(some):
                some.update(found.get(name, {}))
    return found


def _eager(there: Stop, before: Mapping[str, State]) -> int | None:
    """The percent of a carried clock before which it pays to come: then it moves the matter, or may not be
    lengthened or paused any more. None where nobody comes that late.
    """
    marks = [one.percent for one in there.passages if one.percent is not None]
    marks += [100] if there.state.extend is not None or there.state.pause is not None else []
    late = (mark for mark in marks if any(_outruns(one, there.state, mark) for one in before.values()))
    return min(late, default=None)


def _outruns(here: State, there: State, percent: int) -> bool:
    """Whether a visit may last until a percent of another state's clock that began with its own has run."""
    had, has = _spans(here), _spans(there)
    if not has:
        return False  # without a clock there is nothing to come before
    if not had or len({span.unit for span in (*had, *has)}) > 1:
        return True
    more = here.extend.by.n * (here.extend.at_most or 0) if here.extend and here.extend.by else 0
    if here.extend and here.extend.by and here.extend.by.unit is not had[0].unit:
        return True
    return (max(span.n for span in had) + more) * 100 >= min(span.n for span in has) * percent


def _spans(state: State) -> tuple[Span, ...]:
    return state.within.spans() if state.within is not None else ()


class _Search:
    """Depth first: a node is done after all it leads to; hops back onto the way close a cycle and are cut."""

    def __init__(self, graph: Graph, first: Node, rows: Rows, beyond: bool) -> None:
        self.graph, self.first, self.rows, self.beyond = graph, first, rows, beyond
        self.hops: dict[Node, list[Hop]] = {}
        self.on_way: set[Node] = set()
        self.stack: list[tuple[Node, Iterator[Hop]]] = []
        self.broken = False

    def done(self) -> tuple[list[Node], dict[Node, list[Hop]], bool]:
        order: list[Node] = []
        self._enter(self.first)
        while self.stack:
            node, rest = self.stack[-1]
            hop = next(rest, None)
            if hop is None:
                self.stack.pop()
                self.on_way.discard(node)
                order.append(node)
            elif hop.target in self.on_way:
                self.broken = True
                self.hops[node] = [one for one in self.hops[node] if one.target != hop.target]
            elif hop.target not in self.hops:
                self._enter(hop.target)
        return order[::-1], self.hops, self.broken

    def _enter(self, node: Node) -> None:
        stop = self.graph.procedure.states[node.state].is_end and not self.beyond
        found = [] if stop else [hop for hop in self.graph.hops(node) if fits(hop, self.rows)]
        self.hops[node] = found
        self.on_way.add(node)
        self.stack.append((node, iter(tuple(found))))


def fits(hop: Hop, rows: Rows) -> bool:
    """Whether a hop agrees with the closed answers supposed: `chosen(track, urgent)`."""
    return all(
        rows.get(guard.args[0], guard.args[1]) == guard.args[1]
        for guard in hop.edge.move.needs
        if guard.name == "chosen" and len(guard.args) > 1
    )


def _stop(graph: Graph, node: Node, hops: list[Hop]) -> Stop:
    clocked = [hop for hop in hops if hop.edge.rules]
    sure = [
        rule
        for hop in clocked
        if not open_guards(hop.edge.move, node.seen)
        for rule in hop.edge.rules
        if rule.at <= 100
    ]
    state = graph.procedure.states[node.state]
    first = min((rule.at for rule in sure if rule.of == "state"), default=None)
    passages = tuple(
        _against(one, clocked, first) for hop in hops if (one := _passage(graph.procedure, hop)) is not None
    )
    return Stop(
        node,
        state,
        passages,
        first,
        frozenset(rule.at for rule in sure if rule.of == "total"),
        frozenset(_starting(graph.procedure, state)),
        frozenset(rule for rule in sure if rule.of == "total"),
        aims=tuple(_aims(graph.procedure, state, passages)) if state.pause is not None else (),
        struck=frozenset(rule for rule in sure if rule.of == "state"),
    )


def _against(one: Passage, clocked: list[Hop], sure: int | None) -> Passage:
    """The passage with what the clock takes before a hand can."""
    if not (one.hand and clocked):
        return one
    held = frozenset(_marks(one, clocked, "total"))
    return replace(one, before=_before(one, clocked, sure), held=held)


def _before(one: Passage, clocked: list[Hop], sure: int | None) -> int | None:
    """The percent at which the clock, asking no more than a hand does, comes before it."""
    mark = min(_marks(one, clocked, "state"), default=None)
    return mark if mark is not None and (sure is None or mark < sure) else None


def _marks(one: Passage, clocked: list[Hop], of: str) -> Iterator[int]:
    """Percents of a clock at which it moves the matter wherever a hand's guards hold."""
    seen, needs = one.hop.source.seen, {str(guard) for guard in one.hop.edge.move.needs}
    for hop in clocked:
        if open_guards(hop.edge.move, seen) <= needs and not _waits(hop.edge.move):
            yield from (rule.at for rule in hop.edge.rules if rule.of == of and rule.at <= 100)


def _waits(move: Move) -> tuple[str, ...]:
    return tuple(guard.args[0] for guard in move.needs if guard.name in WAITING and guard.args)


def _starting(procedure: Procedure, state: State) -> Iterator[LateRule]:
    """Late rules of the total whose move starts from a state."""
    for rule in procedure.late:
        move = procedure.moves.get(rule.move or "")
        if rule.of == "total" and move is not None and state.name in move.sources:
            yield rule


def _aims(procedure: Procedure, state: State, passages: tuple[Passage, ...]) -> Iterator[Aim]:
    """Marks at which the clock moves before its end; and where the clock is carried on, those of others."""
    percents = {one.percent for one in passages if one.percent is not None and one.percent < 100}
    yield from (Aim(None, percent) for percent in sorted(percents))
    if any(one.carries for one in passages):
        marks = {100, *(rule.at for rule in procedure.late if rule.move is not None and rule.at < 100)}
        for name, other in procedure.states.items():
            if procedure.carries(state.name, name) and other.within is not None:
                yield from (Aim(name, percent) for percent in sorted(marks))


def _passage(procedure: Procedure, hop: Hop) -> Passage | None:
    """The hop compiled; None if only a late rule beyond 100 % takes it."""
    edge = hop.edge
    percent, of_total = (_first(edge.rules, of) for of in ("state", "total"))
    if not edge.hand and percent is None and of_total is None:
        return None
    until = edge.move if edge.move.until is not None else None
    carries = procedure.carries(edge.source, edge.target)
    return Passage(hop, hop.target, edge.hand, until, percent, of_total, _waits(edge.move), carries)


def _first(rules: tuple[LateRule, ...], of: str) -> int | None:
    """The lowest percent of a clock at which one of the rules acts, up to its end."""
    return min((rule.at for rule in rules if rule.of == of and rule.at <= 100), default=None)


def all_answers(procedure: Procedure) -> list[Rows]:
    """Every set of closed answers on which some period depends; one empty set when none does."""
    tables: dict[str, tuple[str, ...]] = {}
    for period in (*_periods(procedure), procedure.total):
        if period is not None and period.by is not None:
            codes = tuple(code for code, _ in period.rows)
            tables[period.by] = tuple(dict.fromkeys((*tables.get(period.by, ()), *codes)))
    return list(_product(list(tables.items()), {}))


def _periods(procedure: Procedure) -> list[Within | None]:
    periods = [state.within for state in procedure.states.values()]
    return [*periods, *(move.until for move in procedure.moves.values())]


def answers(graph: Graph) -> list[Rows]:
    """Those sets of closed answers that may make a way longest.

    A set that allows no longer period and no shorter total than another is left out, unless some move
    asks for an answer in which the two differ.
    """
    procedure = graph.procedure
    found, periods = all_answers(procedure), _periods(procedure)
    told = {
        guard.args[0]
        for move in procedure.moves.values()
        for guard in move.needs
        if guard.name == "chosen" and guard.args
    }
    kept: list[Rows] = []
    for rows in found:
        if not any(_same(one, rows, told) and _covers(one, rows, periods, procedure.total) for one in kept):
            kept = [
                one
                for one in kept
                if not (_same(rows, one, told) and _covers(rows, one, periods, procedure.total))
            ]
            kept.append(rows)
    return kept


def _same(one: Rows, other: Rows, fields: Collection[str]) -> bool:
    """Whether two sets agree on the answers that decide which moves there are."""
    return all(one.get(name) == other.get(name) for name in fields)


def _covers(one: Rows, other: Rows, periods: list[Within | None], total: Within | None) -> bool:
    """Whether one set of answers allows periods as long as another's, and a total no longer."""
    pairs = [(_span(period, one), _span(period, other)) for period in periods if period is not None]
    if total is not None:
        pairs.append((_span(total, other), _span(total, one)))
    return all(no_shorter(long, short) for long, short in pairs)


#: The fewest and the most natural days that one of a unit can be.
DAYS_OF = {Unit.DAYS: (1, 1), Unit.MONTHS: (28, 31), Unit.YEARS: (365, 366)}


def no_shorter(one: Span, other: Span) -> bool:
    """Whether a span never ends before another that begins with it; False where that depends on the day."""
    if one.unit is other.unit:
        return one.n >= other.n
    if one.unit not in DAYS_OF or other.unit not in DAYS_OF:
        return False
    return one.n * DAYS_OF[one.unit][0] >= other.n * DAYS_OF[other.unit][1]


def _span(period: Within, rows: Rows) -> Span:
    return period.of(rows.get(period.by or ""))


def _product(tables: list[tuple[str, tuple[str, ...]]], done: Rows) -> Iterator[Rows]:
    if not tables:
        yield done
        return
    (name, codes), *rest = tables
    for code in codes:
        yield from _product(rest, {**done, name: code})
