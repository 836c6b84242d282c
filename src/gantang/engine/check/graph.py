"""The procedure as a graph over (state, uses left, moves seen): what can be reached, and how.

Every move is an edge from each of its sources. Guards are taken as "may hold"
except `used(move)`, which the uses on the way decide. A move with `at_most`
spends a use for ever, reopenings included.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from gantang.engine.check.live import Dead, dead_moves
from gantang.engine.check.moments import Moments, orders, owed
from gantang.engine.model import CLOCK, STAFF_DUTIES, LateRule, Move, Procedure, State


@dataclass(frozen=True, slots=True)
class Node:
    """A configuration: the state, the uses left of each bounded move, the marks of moves seen.

    `run`: how much of a handler's clock that is carried on had run on entry at the least, as the state in
    which it did and the percent.
    """

    state: str
    uses: tuple[int, ...]
    seen: frozenset[str] = frozenset()
    run: tuple[str, int] | None = None


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
    """An edge taken from a node to a node, by a hand or `fired` by the clock."""

    source: Node
    edge: Edge
    target: Node
    fired: bool = False


#: Whether to follow an edge, which the clock fires here or not.
Follow = Callable[[Edge, bool], bool]


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
    def every_act(self) -> Mapping[str, tuple[Edge, ...]]:
        """Acts that keep their state, by state."""
        return {
            state.name: tuple(
                edge
                for move in self.procedure.moves_from(state.name)
                if not move.is_edge
                for edge in self._edge(move, state, state.name)
            )
            for state in self.procedure.states.values()
        }

    @cached_property
    def acts(self) -> Mapping[str, tuple[Edge, ...]]:
        """Those acts that some guard asks for, by state."""
        return {
            name: tuple(act for act in acts if act.name in self.watched)
            for name, acts in self.every_act.items()
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
        if follow not in (every_edge, by_staff):
            return self._hops_from(node, follow)
        if (node, follow) not in self._taken_from:
            self._taken_from[node, follow] = tuple(self._hops_from(node, follow))
        return iter(self._taken_from[node, follow])

    @cached_property
    def _taken_from(self) -> dict[tuple[Node, Follow], tuple[Hop, ...]]:
        """Hops found: every finding walks the same nodes."""
        return {}

    def _hops_from(self, node: Node, follow: Follow) -> Iterator[Hop]:
        for known in self._after_acts(node, follow):
            due, is_sure = self._owed(known, node.seen)
            fired = due if is_sure else self._firing(known, node.seen)
            for edge in self.edges.get(node.state, ()):
                target = self.taken(known, edge)
                if target is not None:
                    by_hand = edge.hand and not is_sure
                    yield from self._hops(Hop(node, edge, target), by_hand, edge in fired, follow)

    def _hops(self, hop: Hop, by_hand: bool, fired: bool, follow: Follow) -> Iterator[Hop]:
        """The hop by a hand and by the clock: one where it comes to the same."""
        node, edge = hop.source, hop.edge
        if not self._carries(edge):
            if (by_hand or fired) and follow(edge, fired):
                yield hop if by_hand else Hop(node, edge, hop.target, fired=True)
            return
        if by_hand and follow(edge, False):
            yield replace(hop, target=replace(hop.target, run=node.run))
        if fired and follow(edge, True):
            percents = sorted({rule.at for rule in edge.rules if rule.of == "state"})
            runs: list[tuple[str, int] | None] = [(node.state, percent) for percent in percents]
            for run in runs or [node.run]:
                yield replace(hop, target=replace(hop.target, run=run), fired=True)

    def _carries(self, edge: Edge) -> bool:
        """Whether a clock goes on over the edge and may then move the matter."""
        return edge in self._carried

    @cached_property
    def _carried(self) -> frozenset[Edge]:
        states = self.procedure.states
        every = (edge for edges in self.edges.values() for edge in edges) if self._hurries else ()
        return frozenset(
            edge
            for edge in every
            if self.procedure.carries(edge.source, edge.target)
            and None not in (states[edge.source].within, states[edge.target].within)
        )

    @cached_property
    def _hurries(self) -> bool:
        """Whether the clock moves matters out of a handler's state: else what had run on entry is nothing."""
        states = self.procedure.states
        return any(
            rule.of == "state"
            for name, edges in self.edges.items()
            if states[name].owner == "handler"
            for edge in edges
            for rule in edge.rules
        )

    def _owed(self, node: Node, seen: frozenset[str]) -> tuple[frozenset[Edge], bool]:
        """What a clock that was carried on surely owes on entry, and whether some of it surely moves."""
        if node.run is None:
            return frozenset(), False
        found = list(self._first(node, seen, owed(self.procedure, node.state, node.run)))
        sure = any(edge.move.is_edge and not open_guards(edge.move, seen) for edge in found)
        return frozenset(found), sure

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
        for moments in self._orders[node.state]:
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

    @cached_property
    def _orders(self) -> Mapping[str, list[Moments]]:
        return {name: list(orders(self.procedure, name)) for name in self.procedure.states}

    def _fired(self, state: str, rule: LateRule) -> Iterator[Edge]:
        every = (*self.edges.get(state, ()), *self.every_act.get(state, ()))
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
    def real_acts(self) -> frozenset[Edge]:
        """Acts that can really be done; of a state out of reach, all of them."""
        done = {act for node in self.reached for act in self._acts_at(node)}
        lost = (acts for name, acts in self.every_act.items() if name not in self.states_reached)
        return frozenset(done).union(*lost)

    def made_in(self, state: str) -> Iterator[Edge]:
        """Edges that can really be taken from a state, and acts that can be done there."""
        yield from (edge for edge in self.edges[state] if edge in self.real_edges)
        yield from (act for act in self.every_act[state] if act in self.real_acts)

    def _acts_at(self, node: Node) -> Iterator[Edge]:
        for known in self._after_acts(node, every_edge):
            fired = self._firing(known, node.seen)
            for act in self.every_act[node.state]:
                if (act.hand or act in fired) and used_holds(act.move, known):
                    yield act

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
    """The guards that may stand against the clock: all but `used(…)` of moves that were seen, and
    `other_than(…)`, which asks for nothing where no post acts.
    """
    return frozenset(
        str(guard)
        for guard in move.needs
        if guard.name != "other_than" and not (guard.name == "used" and guard.args and guard.args[0] in seen)
    )


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
