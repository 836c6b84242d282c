"""Rights that end: an objection is raised in time to be decided within the period that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import at_move, finding
from gantang.engine.model import CLOCK, Finding, Move, Procedure, State, Words
from gantang.engine.time.span import Span

KIND = "squeeze"


def untils(procedure: Procedure) -> Iterator[Finding]:
    for move in procedure.moves.values():
        states = [procedure.states[name] for name in move.sources if name in procedure.states]
        for state in states:
            if move.until is None and opens_what_holds(procedure, move) and clock_alone(procedure, state):
                yield _open_to_the_last(procedure, move, state)
                break
        for state in states:
            if (longest := never_bites(move, state)) is not None:
                yield _no_limit(procedure, move, state, *longest)
                break


def opens_what_holds(procedure: Procedure, move: Move) -> bool:
    """Whether the move keeps the state and opens a matter that a later step waits for."""
    if move.is_edge or move.opens is None:
        return False
    child = move.opens.procedure
    return move.opens.required or any(
        guard.name == "children_closed" and child in guard.args[:1]
        for one in procedure.moves.values()
        for guard in one.needs
    )


def clock_alone(procedure: Procedure, state: State) -> bool:
    """Whether only its own lapse takes the matter on: a period of publicity, of notice, of objection."""
    onward = [one for one in procedure.moves.values() if one.is_edge and state.name in one.sources]
    onward = [one for one in onward if not one.from_open and state.name != one.to]
    return bool(onward) and all(one.by == (CLOCK,) for one in onward)


def never_bites(move: Move, state: State) -> tuple[Span, Span] | None:
    """The move's `until` and the longest period of its state, where the first outlasts the second."""
    if move.until is None or state.within is None:
        return None
    spans = state.within.spans()
    for until in move.until.spans():
        if all(one.unit == until.unit and one.n < until.n for one in spans):
            return until, max(spans, key=lambda one: one.n)
    return None


def _open_to_the_last(procedure: Procedure, move: Move, state: State) -> Finding:
    child = move.opens.procedure if move.opens is not None else ""
    return finding(
        KIND,
        move.place,
        at_move(procedure, move.name),
        Words(
            f"状态 {state.name} 期满自动往下走，动作 {move.name} 到最后一刻还能开 {child}：来不及办。",
            f"{state.name} goes on by the clock alone, and {move.name} may open {child} up to its"
            " last moment: too late to be decided.",
        ),
        Words(
            "给这个动作写上 until，比状态的时限短，留够办理的时间。",
            "Give the move an until, shorter than the state's clock by the time it takes to decide.",
        ),
    )


def _no_limit(procedure: Procedure, move: Move, state: State, until: Span, within: Span) -> Finding:
    return finding(
        KIND,
        move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 的期限 {until} 长于状态 {state.name} 的 {within}：限不住。",
            f"The until of {move.name}, {until}, is longer than {within} of its state {state.name}:"
            " it never bites.",
        ),
        Words("缩短 until，或放长状态的时限。", "Shorten the until, or lengthen the state's clock."),
    )
