"""The procedure as a graph over (state, uses left, moves seen): what can be reached, and how.

Every move is an edge from each of its sources. Guards are taken as "may hold"
except `used(move)`, which the uses on the way decide. A move with `at_most`
spends a use for ever, reopenings included.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gantang.engine.check.live import Dead, dead_moves
from gantang.engine.model import CLOCK, STAFF_DUTIES, LateRule, Move, Procedure, State
from gantang.engine.time.span import Unit


@dataclass(frozen=True, slots=True)
class Node:
    """A configuration: the state, the uses left of each bounded move, the marks of moves seen."""

    state: str
    uses: tuple[int, ...]
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """One way from a state to a state: a move from one of its sources; one object each.

    `hand` is whether a person may make it; `rules` are the late rules that
    fire it here. An act that keeps its state is none, but has the same form.
    """

    move: Move
    source: str
    target: str
    hand: bool
    rules: tuple[LateRule, ...] = ()

    @property
    def staffed(self) -> bool:
        """Whether staff may make it by hand."""
        return not self.move.by or any(duty in STAFF_DUTIES for duty in self.move.by)

    @property
    def name(self) -> str:
        return self.move.name

    def asks(self, guard: str) -> bool:
        return any(str(one) == guard for one in self.move.needs)


@dataclass(frozen=True, slots=True)
class Hop:
    """An edge taken from a node to a node."""

    source: Node
    edge: Edge
    target: Node


#: Whether to follow an edge, which the clock fires here or not.
Follow = Callable[[Edge, bool], bool]
#: Late rules by the moment at which they fall due.
Moments = list[list[LateRule]]


def every_edge(_: Edge, __: bool) -> bool:
    return True


def by_staff(edge: Edge, fired: bool) -> bool:
    """Whether staff or the clock alone can take the edge."""
    return fired or edge.staffed


@dataclass(frozen=True)
class Graph:
    """All edges that can be taken at all, and the nodes they lead to from the start."""

    procedure: Procedure
    dead: Mapping[str, Dead] = field(default_factory=dict)

    @classmethod
    def of(cls, procedure: Procedure, known: frozenset[str] | None = None) -> Graph:
        """`known` are the names of all procedures that exist; None where that is not asked."""
        return cls(procedure, dead_moves(procedure, known))

    @cached_property
    def edges(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges by source, in the order of the file."""
        return {name: tuple(self._edges_from(state)) for name, state in self.procedure.states.items()}

    def _edges_from(self, state: State) -> Iterator[Edge]:
        for move in self.procedure.moves_from(state.name):
            if move.to is not None and move.to in self.procedure.states:
                yield from self._edge(move, state, move.to)

    def _edge(self, move: Move, state: State, target: str) -> Iterator[Edge]:
        rules = fired_by(self.procedure, move, state)
        hand = any(duty != CLOCK for duty in move.by) or not move.by
        if (hand or rules) and not self._lost(move):
            yield Edge(move, state.name, target, hand, rules)

    @cached_property
    def acts(self) -> Mapping[str, tuple[Edge, ...]]:
        """Acts that keep their state and that some guard asks for, by state."""
        return {
            state.name: tuple(
                edge
                for move in self.procedure.moves_from(state.name)
                if move.name in self.watched and not move.is_edge
                for edge in self._edge(move, state, state.name)
            )
            for state in self.procedure.states.values()
        }

    def _lost(self, move: Move) -> bool:
        why = self.dead.get(move.name)
        return why is not None and why.lost

    @cached_property
    def bounded(self) -> tuple[str, ...]:
        """Edges' moves with `at_most`, in the order of the file: the places of `Node.uses`."""
        return tuple(
            move.name for move in self.procedure.moves.values() if move.is_edge and move.at_most is not None
        )

    @cached_property
    def watched(self) -> frozenset[str]:
        """Moves that some guard `used(…)` asks for."""
        return frozenset(
            guard.args[0]
            for move in self.procedure.moves.values()
            for guard in move.needs
            if guard.name == "used" and guard.args
        )

    @cached_property
    def first(self) -> Node:
        return self.fresh(self.procedure.initial)

    def fresh(self, state: str) -> Node:
        """The state with every use left and nothing seen."""
        return Node(state, tuple(self.procedure.moves[name].at_most or 0 for name in self.bounded))

    def taken(self, node: Node, edge: Edge) -> Node | None:
        """The node after the edge; None if its use is spent or a move it asks for was not seen."""
        if not used_holds(edge.move, node):
            return None
        uses = node.uses
        if edge.name in self.bounded:
            at = self.bounded.index(edge.name)
            if uses[at] <= 0:
                return None
            uses = (*uses[:at], uses[at] - 1, *uses[at + 1 :])
        seen = node.seen | {edge.name} if edge.name in self.watched else node.seen
        return Node(edge.target, uses, seen)

    def hops(self, node: Node, follow: Follow = every_edge) -> Iterator[Hop]:
        """Edges that can be taken from a node, the acts that keep its state done before where wanted."""
        for known in self._after_acts(node, follow):
            fired = self._firing(known, node.seen)
            for edge in self.edges.get(node.state, ()):
                if not (edge.hand or edge in fired) or not follow(edge, edge in fired):
                    continue
                target = self.taken(known, edge)
                if target is not None:
                    yield Hop(node, edge, target)

    def _after_acts(self, node: Node, follow: Follow) -> Iterator[Node]:
        """The node, and the node with all watched acts done that may be done here."""
        yield node
        known = node
        while acts := [act for act in self.acts[node.state] if act.name not in known.seen]:
            fired = self._firing(known, node.seen)
            done = {
                act.name
                for act in acts
                if (act.hand or act in fired) and follow(act, act in fired) and used_holds(act.move, known)
            }
            if not done:
                break
            known = Node(node.state, node.uses, known.seen | done)
        if known is not node:
            yield known

    def _firing(self, node: Node, seen: frozenset[str]) -> frozenset[Edge]:
        """Clock edges not forestalled by an earlier one of the same clock; `seen` before the visit."""
        found: set[Edge] = set()
        for rule in self.procedure.late_in(node.state, "total"):
            found.update(self._fired(node.state, rule))
        for moments in self._orders(node.state):
            found.update(self._first(node, seen, moments))
        return frozenset(found)

    def _first(self, node: Node, seen: frozenset[str], moments: Moments) -> Iterator[Edge]:
        """Edges and acts fired at moments in their order, up to the first that surely moves.

        What holds for one edge holds for another at the same moment: one that asks for all
        that an earlier one asks for never has its turn.
        """
        for rules in moments:
            before: list[frozenset[str]] = []
            for edge in (edge for rule in rules for edge in self._fired(node.state, rule)):
                asked = open_guards(edge.move, seen)
                if self.taken(node, edge) is None or any(other <= asked for other in before):
                    continue
                yield edge
                if not edge.move.is_edge:
                    continue
                if not asked:
                    return
                before.append(asked)

    def _orders(self, state: str) -> Iterator[Moments]:
        """The state's late rules as they fall due: those of one moment together, in the order of the file.

        In clocks of days percents round up to the same day; an extension, if taken, draws them apart.
        """
        rules = self.procedure.late_in(state)
        if self.procedure.states[state].extend is not None:
            yield together(rules, _percent)
        within = self.procedure.states[state].within
        span = within.spans()[0] if within is not None and within.spans() else None

        def due(rule: LateRule) -> int:
            if span is None or span.unit not in (Unit.DAYS, Unit.WORKING_DAYS):
                return rule.at
            return -(-span.n * rule.at // 100)

        yield together(rules, due)

    def _fired(self, state: str, rule: LateRule) -> Iterator[Edge]:
        every = (*self.edges.get(state, ()), *self.acts.get(state, ()))
        return (edge for edge in every if rule in edge.rules)

    def walk(self, follow: Follow = every_edge, start: Node | None = None) -> dict[Node, Hop | None]:
        """Every node reached, each with the hop that first led to it (shortest way first)."""
        first = start or self.first
        found: dict[Node, Hop | None] = {first: None}
        queue = deque([first])
        while queue:
            for hop in self.hops(queue.popleft(), follow):
                if hop.target not in found:
                    found[hop.target] = hop
                    queue.append(hop.target)
        return found

    @cached_property
    def reached(self) -> dict[Node, Hop | None]:
        """Every node that can be reached from the start."""
        return self.walk()

    @cached_property
    def states_reached(self) -> frozenset[str]:
        return frozenset(node.state for node in self.reached)

    @cached_property
    def real_edges(self) -> frozenset[Edge]:
        """Edges that can really be taken; of a state out of reach, all of them."""
        taken = {hop.edge for node in self.reached for hop in self.hops(node)}
        lost = (edges for name, edges in self.edges.items() if name not in self.states_reached)
        return frozenset(taken).union(*lost)

    @cached_property
    def ending_at_all(self) -> frozenset[Node]:
        """Reached nodes from which an end can be reached."""
        return self.ending(self.reached)

    @cached_property
    def ending_by_staff(self) -> frozenset[Node]:
        """Reached nodes from which staff and the clock alone reach an end."""
        return self.ending(self.reached, by_staff)

    def nodes_of(self, state: str) -> list[Node]:
        """The nodes of a state that are reached; of one out of reach, the one with all uses left."""
        return [node for node in self.reached if node.state == state] or [self.fresh(state)]

    def ending(self, nodes: Iterable[Node], follow: Follow = every_edge) -> frozenset[Node]:
        """Those of the nodes from which an end can be reached."""
        back: dict[Node, list[Node]] = {}
        ends: deque[Node] = deque()
        for node in nodes:
            if self.procedure.states[node.state].is_end:
                ends.append(node)
            for hop in self.hops(node, follow):
                back.setdefault(hop.target, []).append(node)
        good = set(ends)
        while ends:
            for before in back.get(ends.popleft(), ()):
                if before not in good:
                    good.add(before)
                    ends.append(before)
        return frozenset(good)


def fired_by(procedure: Procedure, move: Move, state: State) -> tuple[LateRule, ...]:
    """The late rules whose clock runs in this state and that call the move."""
    if state.is_end or not move.by_clock:
        return ()
    clocks = {"state": state.within, "total": procedure.total}
    return tuple(
        rule
        for rule in procedure.late
        if rule.move == move.name and rule.holds_in(state.name) and clocks.get(rule.of) is not None
    )


def used_holds(move: Move, node: Node) -> bool:
    """Whether every `used(…)` the move asks for has been seen on the way."""
    return all(guard.args[0] in node.seen for guard in move.needs if guard.name == "used" and guard.args)


def open_guards(move: Move, seen: frozenset[str]) -> frozenset[str]:
    """The guards that may hold or not: all but `used(…)` of moves that were seen."""
    return frozenset(
        str(guard)
        for guard in move.needs
        if not (guard.name == "used" and guard.args and guard.args[0] in seen)
    )


def together(rules: Iterable[LateRule], due: Callable[[LateRule], int]) -> Moments:
    """Late rules by the moment at which they fall due, each moment's in the order of the file."""
    moments: dict[int, list[LateRule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.order):
        moments.setdefault(due(rule), []).append(rule)
    return [moments[at] for at in sorted(moments)]


def _percent(rule: LateRule) -> int:
    return rule.at


def way(found: Mapping[Node, Hop | None], node: Node) -> tuple[Hop, ...]:
    """The hops that first led to a node."""
    hops: list[Hop] = []
    hop = found.get(node)
    while hop is not None:
        hops.append(hop)
        hop = found.get(hop.source)
    return tuple(reversed(hops))


def words_of(hops: Iterable[Hop], first: str) -> str:
    """A way in words that need no language: `received –accept→ routed`."""
    return first + "".join(f" –{hop.edge.name}→ {hop.target.state}" for hop in hops)
