"""The order in which nodes can be passed, with all that can be known of a hop before time is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gantang.engine.check.answering import Rows
from gantang.engine.check.graph import Graph, Hop, Node
from gantang.engine.check.passages import Course, Stop
from gantang.engine.check.stopping import fits, stop_at
from gantang.engine.model import State
from gantang.engine.time.span import Span


def course(graph: Graph, first: Node, rows: Rows, *, beyond: bool) -> Course:
    """The course from a first node on; `beyond` goes on behind an end."""
    order, hops, broken = _Search(graph, first, rows, beyond).done()
    states = graph.procedure.states
    rank = {name: at for at, name in enumerate(states)}
    ends = tuple(
        sorted((node for node in order if states[node.state].is_end), key=lambda one: rank[one.state])
    )
    stops = [stop_at(graph, node, hops[node]) for node in order]
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
