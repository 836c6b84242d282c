"""A node and its hops made into a stop: what a hand may do there, and what the clock does first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gantang.engine.check.answering import Rows
from gantang.engine.check.graph import Graph, Hop, Node, open_guards
from gantang.engine.check.passages import Aim, Passage, Stop
from gantang.engine.model import LateRule, Move, Procedure, State

#: Guards that wait for others.
WAITING = ("children_closed", "gate_open")


def fits(hop: Hop, rows: Rows) -> bool:
    """Whether a hop agrees with the closed answers supposed: `chosen(track, urgent)`."""
    return all(
        rows.get(guard.args[0], guard.args[1]) == guard.args[1]
        for guard in hop.edge.move.needs
        if guard.name == "chosen" and len(guard.args) > 1
    )


def stop_at(graph: Graph, node: Node, hops: list[Hop]) -> Stop:
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
