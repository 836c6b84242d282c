"""What a procedure says of others: names, children and gates without end, rings of opening."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gantang.engine.check.answering import answers
from gantang.engine.check.bound import endless
from gantang.engine.check.course import course
from gantang.engine.check.graph import Graph
from gantang.engine.check.say import at_move, finding
from gantang.engine.check.stopping import WAITING
from gantang.engine.language.reading import hint
from gantang.engine.model import Finding, Move, Place, Procedure, Words


def across(graph: Graph, others: Mapping[str, Procedure], known: Collection[str]) -> Iterator[Finding]:
    """`known` are the names of all that exist, `others` those that could be read."""
    procedure = graph.procedure
    for move in procedure.moves.values():
        if move.opens is not None and move.opens.procedure and move.opens.procedure not in known:
            yield _unknown(procedure, move, move.opens.procedure, known)
    yield from endless_waits(graph, others)
    yield from rings(procedure, others)


def _unknown(procedure: Procedure, move: Move, name: str, known: Collection[str]) -> Finding:
    return finding(
        "gap",
        move.opens.place if move.opens is not None else move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 要开的程序 {name} 不存在。",
            f"The move {move.name} opens the unknown procedure {name}.",
        ),
        hint(name, known),
    )


def endless_waits(graph: Graph, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """Guards that wait for a child or gate which nothing bounds; children that hold the ends."""
    made = {edge.name for state in graph.procedure.states for edge in graph.made_in(state)}
    for move in (one for one in graph.procedure.moves.values() if one.name in made):
        for guard in move.needs:
            name = guard.args[0] if guard.args else ""
            if guard.name in WAITING and any(unbounded(one) for one in all_of(name, others)):
                yield _endless_wait(graph.procedure, move, name, guard.place)
        opens = move.opens
        if opens and opens.required and any(unbounded(one) for one in all_of(opens.procedure, others)):
            yield _endless_wait(graph.procedure, move, opens.procedure, opens.place)


def all_of(name: str, others: Mapping[str, Procedure]) -> Iterator[Procedure]:
    """The procedure of that name and its variants."""
    return (one for one in others.values() if one.name == name)


def _endless_wait(procedure: Procedure, move: Move, name: str, place: Place) -> Finding:
    return finding(
        "idling",
        place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 等待 {name}，而 {name} 本身没有上限。",
            f"The move {move.name} waits for {name}, which itself has no bound.",
        ),
        Words(
            f"先给 {name} 的循环和状态加上次数和时限。",
            f"Bound the cycles and states of {name} first.",
        ),
    )


def unbounded(procedure: Procedure) -> bool:
    graph = Graph.of(procedure)
    return any(endless(course(graph, graph.first, rows, beyond=False)) for rows in answers(graph))


def rings(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """Procedures that open each other round and round, without a bounded move among them."""
    for move in loose_openings(procedure):
        name = move.opens.procedure if move.opens is not None else ""
        path = _way_back(name, procedure.name, others, (procedure.name,))
        if path is not None:
            ring = " → ".join((procedure.name, *path))
            yield finding(
                "idling",
                move.opens.place if move.opens is not None else move.place,
                at_move(procedure, move.name),
                Words(
                    f"程序互相开启，没有次数上限：{ring}。",
                    f"Procedures open each other without a bound: {ring}.",
                ),
                Words("给环上一个开启动作写上 at_most。", "Give one opening move of the ring an at_most."),
            )


def loose_openings(procedure: Procedure) -> Iterator[Move]:
    return (move for move in procedure.moves.values() if move.opens is not None and move.at_most is None)


def _way_back(
    name: str, goal: str, others: Mapping[str, Procedure], seen: tuple[str, ...]
) -> tuple[str, ...] | None:
    if name == goal:
        return (name,)
    if name in seen or name not in others:
        return None
    for move in loose_openings(others[name]):
        rest = _way_back(move.opens.procedure if move.opens else "", goal, others, (*seen, name))
        if rest is not None:
            return (name, *rest)
    return None
