"""Gaps (断层): states out of reach, without an end, hostage to silence; outcomes and guards left hanging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gantang.engine.check.graph import Edge, Graph, Node, by_staff, every_edge, way, words_of
from gantang.engine.check.say import at_move, at_state, finding, joined
from gantang.engine.model import Finding, Procedure, State, Words
from gantang.engine.run.grants import MOVES

KIND = "gap"


def gaps(graph: Graph) -> Iterator[Finding]:
    yield from dead(graph)
    yield from taken(graph)
    first = graph.procedure.states[graph.procedure.initial]
    if first.is_end:
        yield begins_at_an_end(graph.procedure, first)
        return
    yield from unreachable(graph)
    yield from endless(graph)
    yield from outcomes(graph)


def dead(graph: Graph) -> Iterator[Finding]:
    """Moves that can never be made: guards that never hold (gap), nobody to make them (blind spot)."""
    for name, why in graph.dead.items():
        move = graph.procedure.moves[name]
        yield finding(why.kind, why.place(move), at_move(graph.procedure, name), why.sentence, why.remedy)


def taken(graph: Graph) -> Iterator[Finding]:
    """A move named like a stop that every procedure has: it would never be made, the other would."""
    for name, move in graph.procedure.moves.items():
        if name in MOVES:
            yield finding(
                KIND,
                move.place,
                at_move(graph.procedure, name),
                Words(
                    f"动作 {name} 和系统自带的“{MOVES[name].zh}”同名，永远做不成。",
                    f"The move {name} has the name of “{MOVES[name].en}”, which every procedure has.",
                ),
                Words("换一个名字。", "Give it another name."),
            )


def begins_at_an_end(procedure: Procedure, first: State) -> Finding:
    return finding(
        KIND,
        first.place,
        at_state(procedure, first.name),
        Words(
            f"第一个状态 {first.name} 是终点：事项一开就结束了。",
            f"The first state, {first.name}, is an end: a matter would be over as it opens.",
        ),
        Words("把起点状态写在最前面。", "Put the state where a matter starts before all others."),
    )


def unreachable(graph: Graph) -> Iterator[Finding]:
    procedure = graph.procedure
    for name, state in procedure.states.items():
        if name not in graph.states_reached:
            yield finding(
                KIND,
                state.place,
                at_state(procedure, name),
                Words(f"没有路径通到状态 {name}。", f"No path reaches the state {name}."),
                Words("加一个通到它的动作，或删去它。", "Add a move that leads to it, or drop it."),
            )


def endless(graph: Graph) -> Iterator[Finding]:
    """One finding per state: no end at all, none once uses ran out, or none without people."""
    for state in graph.procedure.states.values():
        if not state.is_end:
            yield from _endless_state(graph, state)


def _endless_state(graph: Graph, state: State) -> Iterator[Finding]:
    node = dead_end(graph, state.name)
    if node is not None:
        yield no_end(graph, state, node)
        return
    node = hostage(graph, state.name)
    if node is not None:
        yield held_hostage(graph, state, node)


def dead_end(graph: Graph, state: str) -> Node | None:
    """The first node of the state from which no end can be reached."""
    return _first_not(graph.nodes_of(state), _good(graph, state, staff=False))


def hostage(graph: Graph, state: str) -> Node | None:
    """The first node of the state from which staff and clock alone reach no end, though people might."""
    return _first_not(graph.nodes_of(state), _good(graph, state, staff=True))


def _good(graph: Graph, state: str, *, staff: bool) -> frozenset[Node]:
    if state in graph.states_reached:
        return graph.ending_by_staff if staff else graph.ending_at_all
    return graph.ending(graph.walk(start=graph.fresh(state)), by_staff if staff else every_edge)


def _first_not(nodes: Iterable[Node], good: frozenset[Node]) -> Node | None:
    return next((node for node in nodes if node not in good), None)


def no_end(graph: Graph, state: State, node: Node) -> Finding:
    procedure, name = graph.procedure, state.name
    spent = _spent(graph, node)
    if not spent or dead_end_fresh(graph, name):
        sentence = Words(f"从状态 {name} 到不了任何终点。", f"No end can be reached from the state {name}.")
    else:
        path = words_of(way(graph.reached, node), graph.first.state)
        names = joined(spent)
        sentence = Words(
            f"次数用完后（{names.zh}），从状态 {name} 到不了任何终点：{path}。",
            f"Once the uses of {names.en} ran out, no end can be reached from the state {name}: {path}.",
        )
    remedy = Words("加一个不限次数、通向终点的动作。", "Add a move without at_most that leads to an end.")
    return finding(KIND, state.place, at_state(procedure, name), sentence, remedy)


def dead_end_fresh(graph: Graph, state: str) -> bool:
    fresh = graph.fresh(state)
    return fresh not in graph.ending(graph.walk(start=fresh))


def held_hostage(graph: Graph, state: State, node: Node) -> Finding:
    path = words_of(way(graph.reached, node), graph.first.state) if node in graph.reached else state.name
    sentence = Words(
        f"状态 {state.name} 会被悬住：反映人或当事人不作声，工作人员和时钟都到不了终点（{path}）。",
        f"The state {state.name} is a hostage: while reporter or party stay silent,"
        f" staff and clock alone reach no end ({path}).",
    )
    remedy = Words(
        "加一个到期由时钟触发、或由工作人员可做的动作。",
        "Add a move by the clock at the end of its period, or one that staff may make.",
    )
    return finding(KIND, state.place, at_state(graph.procedure, state.name), sentence, remedy)


def _spent(graph: Graph, node: Node) -> list[str]:
    return [name for name, left in zip(graph.bounded, node.uses, strict=True) if left == 0]


def outcomes(graph: Graph) -> Iterator[Finding]:
    """Outcomes that an end lists and no move gives; moves that give what the end does not list."""
    procedure = graph.procedure
    for state in procedure.states.values():
        given = {one for edge in edges_into(graph, state.name) for one in edge.move.outcomes}
        for outcome in state.ends:
            if outcome not in given:
                yield no_outcome(procedure, state, outcome)


def edges_into(graph: Graph, state: str) -> Iterator[Edge]:
    """Edges into a state that can really be taken, in the order of the file."""
    edges = (edge for edges in graph.edges.values() for edge in edges)
    return (edge for edge in edges if edge.target == state and edge in graph.real_edges)


def no_outcome(procedure: Procedure, state: State, outcome: str) -> Finding:
    return finding(
        KIND,
        state.place,
        f"{at_state(procedure, state.name)}/{outcome}",
        Words(
            f"终点 {state.name} 的结果 {outcome} 没有动作给出。",
            f"No move gives the outcome {outcome} of the end {state.name}.",
        ),
        Words(
            f"加一个 outcome 为 {outcome} 的动作，或从终点删去它。",
            f"Add a move with outcome {outcome}, or drop it from the end.",
        ),
    )
