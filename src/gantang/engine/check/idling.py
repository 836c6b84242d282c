"""Idling (空转): what no bound and no clock stops."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from gantang.engine.check.graph import Edge, Graph
from gantang.engine.check.say import at_move, at_state, finding, joined, place_of
from gantang.engine.model import ABOVE, PEOPLE_DUTIES, Extend, Finding, LateRule, Pause, Place, State, Words

KIND = "idling"


def idlings(graph: Graph) -> Iterator[Finding]:
    yield from cycles(graph)
    yield from clockless(graph)
    yield from unheard(graph)
    yield from unbounded_grants(graph)
    yield from unbounded_returns(graph)


def cycles(graph: Graph) -> Iterator[Finding]:
    """Cycles without a bounded move: one finding per edge that closes one, with the shortest way round."""
    loose = loose_edges(graph)
    order = {name: at for at, name in enumerate(graph.procedure.states)}
    for edges in loose.values():
        for edge in edges:
            if order[edge.target] <= order[edge.source]:
                ring = shortest(loose, edge.target, edge.source)
                if ring is not None:
                    yield _cycle(graph, (*ring, edge))


def loose_edges(graph: Graph) -> dict[str, list[Edge]]:
    """Edges that cost no use, by source."""
    return {
        name: [edge for edge in edges if edge.move.at_most is None and edge in graph.real_edges]
        for name, edges in graph.edges.items()
    }


def shortest(loose: dict[str, list[Edge]], first: str, last: str) -> tuple[Edge, ...] | None:
    """The shortest way between two states, in edges; empty when they are the same."""
    ways: dict[str, tuple[Edge, ...]] = {first: ()}
    queue = deque([first])
    while queue:
        here = queue.popleft()
        if here == last:
            return ways[here]
        for edge in loose[here]:
            if edge.target not in ways:
                ways[edge.target] = (*ways[here], edge)
                queue.append(edge.target)
    return None


def _cycle(graph: Graph, ring: tuple[Edge, ...]) -> Finding:
    closing = ring[-1]
    path = ring[0].source + "".join(f" –{edge.name}→ {edge.target}" for edge in ring)
    return finding(
        KIND,
        closing.move.place,
        at_move(graph.procedure, closing.name),
        Words(f"循环没有次数上限：{path}。", f"A cycle has no bound: {path}."),
        Words("给环上的一个动作写上 at_most。", "Give one move of the cycle an at_most."),
    )


def clockless(graph: Graph) -> Iterator[Finding]:
    for name, state in graph.procedure.states.items():
        if not state.is_end and (state.within is None or not state.within.spans()):
            yield finding(
                KIND,
                state.place,
                at_state(graph.procedure, name),
                Words(f"状态 {name} 没有时限。", f"The state {name} has no clock."),
                Words("写上 within。", "Give it a within."),
            )


def unheard(graph: Graph) -> Iterator[Finding]:
    """States whose lapse neither moves the matter nor reaches anybody above the owner."""
    for name, state in graph.procedure.states.items():
        if state.is_end or state.within is None or state.owner is None or moved_in_time(graph, name):
            continue
        if state.owner in PEOPLE_DUTIES:
            yield _silence(graph, state)
        elif not told_above(graph, state):
            yield _unheard(graph, state)


def moved_in_time(graph: Graph, state: str) -> bool:
    """Whether the state's clock takes the matter on at its lapse or before, whatever uses are left."""
    edges = [
        edge
        for edge in graph.edges[state]
        if any(rule.of == "state" and rule.at <= 100 for rule in edge.rules)
    ]
    return all(any(graph.taken(node, edge) for edge in edges) for node in graph.nodes_of(state))


def told_above(graph: Graph, state: State) -> bool:
    """Whether the lapse itself is told to somebody above the owner."""
    return any(
        rule.at == 100 and any(above(duty, state.owner) for duty in rule.tell)
        for rule in graph.procedure.late_in(state.name)
    )


def above(duty: str, owner: str | None) -> bool:
    """Whether a duty stands above an owner; the leader answers to the supervisor."""
    if owner in ("supervisor", "leader"):
        return duty in ("supervisor", "leader") and duty != owner
    return duty in ABOVE and duty != owner


def _lapse_place(graph: Graph, state: State) -> Place:
    return place_of(state.within.place if state.within else None, state.place, procedure=graph.procedure)


def _unheard(graph: Graph, state: State) -> Finding:
    told = joined(_told(graph.procedure.late_in(state.name)))
    higher = "leader" if above("leader", state.owner) else "supervisor"
    extra = Words(f"（只告诉 {told.zh}）", f" (only {told.en} is told)") if told.zh else Words("", "")
    return finding(
        KIND,
        _lapse_place(graph, state),
        at_state(graph.procedure, state.name),
        Words(
            f"状态 {state.name} 到期时，事项不动，也没有告诉 {state.owner} 以上的人{extra.zh}。",
            f"When the clock of {state.name} lapses, nothing moves and nobody above the {state.owner}"
            f" is told{extra.en}.",
        ),
        Words(
            f"在 late 里加 {{at: 100%, tell: {higher}}}，或加一个由时钟触发的动作。",
            f"Add {{at: 100%, tell: {higher}}} under late, or a move by the clock.",
        ),
    )


def _told(rules: tuple[LateRule, ...]) -> list[str]:
    return list(dict.fromkeys(duty for rule in rules if rule.at == 100 for duty in rule.tell))


def _silence(graph: Graph, state: State) -> Finding:
    return finding(
        KIND,
        _lapse_place(graph, state),
        at_state(graph.procedure, state.name),
        Words(
            f"状态 {state.name} 由 {state.owner} 承担，到期却没有时钟动作离开它。",
            f"The state {state.name} is owned by the {state.owner}, and at its lapse"
            " no move by the clock leaves it.",
        ),
        Words(
            "加一个 by: clock 的动作，例如转给核验人。", "Add a move by: clock, for instance to a verifier."
        ),
    )


def unbounded_grants(graph: Graph) -> Iterator[Finding]:
    """Pauses and extensions without a length or a number."""
    procedure = graph.procedure
    for name, state in procedure.states.items():
        where = at_state(procedure, name)
        if state.pause is not None and (state.pause.up_to is None or state.pause.at_most is None):
            yield _unbounded(state.pause, where, Words("暂停", "pause"), "up_to")
        if state.extend is not None and (state.extend.by is None or state.extend.at_most is None):
            yield _unbounded(state.extend, where, Words("延期", "extension"), "by")
    total = procedure.total_extend
    if total is not None and (total.by is None or total.at_most is None):
        yield _unbounded(
            total, f"{procedure.name}/clock", Words("总时限的延期", "extension of the total"), "by"
        )


def _unbounded(grant: Pause | Extend, where: str, what: Words, length: str) -> Finding:
    size = grant.up_to if isinstance(grant, Pause) else grant.by
    lacking = [key for key, value in ((length, size), ("at_most", grant.at_most)) if value is None]
    return finding(
        KIND,
        grant.place,
        where,
        Words(
            f"{where} 的{what.zh}没有上限：缺 {'、'.join(lacking)}。",
            f"The {what.en} of {where} has no bound: {', '.join(lacking)} is missing.",
        ),
        Words(f"写上 {length} 和 at_most。", f"Give it {length} and at_most."),
    )


def unbounded_returns(graph: Graph) -> Iterator[Finding]:
    """Moves that leave an end without `until`: that end would never be the last."""
    done: set[str] = set()
    for name, state in graph.procedure.states.items():
        for edge in graph.edges[name] if state.is_end else ():
            if edge.move.until is None and edge.name not in done and edge in graph.real_edges:
                done.add(edge.name)
                yield finding(
                    KIND,
                    edge.move.place,
                    at_move(graph.procedure, edge.name),
                    Words(
                        f"动作 {edge.name} 离开终点 {name}，却没有期限。",
                        f"The move {edge.name} leaves the end {name} without a time limit.",
                    ),
                    Words("写上 until。", "Give it an until."),
                )
