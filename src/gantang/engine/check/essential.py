"""Bypass and self-check: what a path may go around, and who may check their own work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial

from gantang.engine.check.gaps import edges_into
from gantang.engine.check.graph import Edge, Graph, Hop, Node, way, words_of
from gantang.engine.check.say import at_move, at_state, finding, joined
from gantang.engine.model import Finding, Procedure, Words


def bypasses(graph: Graph) -> Iterator[Finding]:
    """States that a path reaches without an essential guard that another edge into them asks for."""
    for guard in essential_guards(graph):
        found = graph.walk(partial(_without, guard))
        for state in graph.procedure.states:
            into = list(edges_into(graph, state))
            asking = [one for one in into if one.asks(guard) and one.source in graph.states_reached]
            for edge in into:
                if asking and not edge.asks(guard):
                    yield from _bypass(graph, guard, edge, asking, found)


def _without(guard: str, edge: Edge, _: bool) -> bool:
    """A path is made of edges: an act that asks for the guard goes around it like any other."""
    return not edge.move.is_edge or not edge.asks(guard)


def essential_guards(graph: Graph) -> tuple[str, ...]:
    """Every essential guard some edge asks for and that can hold, each once, in the order of the file."""
    never = {str(why.guard) for why in graph.dead.values() if why.guard is not None}
    return tuple(
        dict.fromkeys(
            str(guard)
            for edges in graph.edges.values()
            for edge in edges
            for guard in edge.move.needs
            if guard.essential and str(guard) not in never
        )
    )


def _bypass(
    graph: Graph, guard: str, edge: Edge, asking: list[Edge], found: dict[Node, Hop | None]
) -> Iterator[Finding]:
    last = next(
        (hop for node in found if node.state == edge.source for hop in graph.hops(node) if hop.edge is edge),
        None,
    )
    rivals = [one for one in asking if same_end(graph, edge, one)]
    if last is None or not rivals:
        return
    path = words_of((*way(found, last.source), last), graph.first.state)
    name = edge.target
    yield finding(
        "bypass",
        edge.move.place,
        at_state(graph.procedure, name),
        Words(
            f"不经条件 {guard} 也能到达状态 {name}：{path}；而动作 {rivals[0].name} 要求它。",
            f"{name} can be reached without {guard}: {path}; the move {rivals[0].name} asks for it.",
        ),
        Words(
            f"给动作 {edge.name} 也写上 needs: [{guard}]，或让路上更早的一步要求它。",
            f"Let the move {edge.name}, or a step before it, need {guard} too.",
        ),
    )


def same_end(graph: Graph, one: Edge, other: Edge) -> bool:
    """For an end, whether the two edges share an outcome; true for any other state."""
    if not graph.procedure.states[one.target].is_end:
        return True
    return bool(set(one.move.outcomes) & set(other.move.outcomes))


def self_checks(graph: Graph) -> Iterator[Finding]:
    """Moves by which a post may verify what it handled itself."""
    doing = doing_duty(graph)
    found = walk_handled(graph, doing)
    done: set[str] = set()
    for node, handled in found:
        for hop in graph.hops(node):
            move = hop.edge.move
            own = handled and not hop.fired and verifies(hop.edge) and not guarded(hop.edge, doing)
            if own and move.name not in done:
                done.add(move.name)
                yield _self_check(graph, doing, (*_way(found, (node, handled)), hop))


def doing_duty(graph: Graph) -> str:
    """The duty whose work is verified: the handler's, or where none acts, the mediator's."""
    return working_duty(graph.procedure)


def working_duty(procedure: Procedure) -> str:
    duties = {duty for move in procedure.moves.values() for duty in move.by}
    return "mediator" if "handler" not in duties and "mediator" in duties else "handler"


def verifies(edge: Edge) -> bool:
    return "verifier" in edge.move.by


def guarded(edge: Edge, doing: str) -> bool:
    return any(guard.name == "other_than" and doing in guard.args for guard in edge.move.needs)


Handled = tuple[Node, bool]


def walk_handled(graph: Graph, doing: str) -> dict[Handled, tuple[Handled, Hop] | None]:
    """Every node with whether an edge on the way to it was made under the duty."""
    first: Handled = (graph.first, False)
    found: dict[Handled, tuple[Handled, Hop] | None] = {first: None}
    queue = deque([first])
    while queue:
        here = queue.popleft()
        node, handled = here
        for hop in graph.hops(node):
            done = doing in hop.edge.move.by and not hop.fired
            for now in {handled, handled or done}:
                there: Handled = (hop.target, now)
                if there not in found:
                    found[there] = (here, hop)
                    queue.append(there)
    return found


def _way(found: dict[Handled, tuple[Handled, Hop] | None], here: Handled) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    before = found.get(here)
    while before is not None:
        hops.append(before[1])
        before = found.get(before[0])
    return tuple(reversed(hops))


def _self_check(graph: Graph, doing: str, hops: tuple[Hop, ...]) -> Finding:
    move = hops[-1].edge.move
    path = words_of(hops, graph.first.state)
    own = joined([doing])
    return finding(
        "self-check",
        move.place,
        at_move(graph.procedure, move.name),
        Words(
            f"同一岗位可以既办理又核验：{path}；动作 {move.name} 没有排除 {own.zh}。",
            f"The same post may handle and verify: {path}; {move.name} does not exclude the {own.en}.",
        ),
        Words(
            f"给动作 {move.name} 写上 needs: [other_than({doing})]。",
            f"Let the move {move.name} need other_than({doing}).",
        ),
    )
