"""Four eyes: who decides on another's work is somebody else than who did it.

`essential.self_checks` proves it of verifiers, path by path. Here it is read off the shape, for all who
decide: in a state of theirs that the work is put before, in a state of the work that they take on over its
owner's head, and wherever another move of the same duty in the same state asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.essential import working_duty
from gantang.engine.check.say import at_move, finding
from gantang.engine.model import ABOVE, PEOPLE_DUTIES, Finding, Move, Procedure, State, Words

#: Who decides on work, and whose work it is.
DECIDING = ("verifier", *ABOVE)
DOING = ("handler", "mediator", "cooperator")
#: Who is put work before. An arbiter is not: what comes there is a quarrel about whose the work is.
JUDGING = ("verifier", "supervisor", "leader")
#: Who decides on what people object to: here an arbiter too.
HEARING = (*JUDGING, "arbiter")
#: Whose acts are no work that is judged.
PASSING = ("receiver", "dispatcher")
#: An end by which nothing is decided.
WITHDRAWN = "withdrawn"

Lacking = tuple[str, Words]


def four_eyes(procedure: Procedure) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for state in procedure.states.values():
        for move in _deciding_moves(procedure, state):
            for duty, why in _lacking(procedure, state, move):
                if (move.name, duty) not in told:
                    told.add((move.name, duty))
                    yield _one_hand(procedure, move, duty, why)


def others_than(move: Move) -> set[str]:
    """The duties whose holders may not make the move."""
    return {duty for guard in move.needs if guard.name == "other_than" for duty in guard.args}


def _deciding_moves(procedure: Procedure, state: State) -> Iterator[Move]:
    """Moves by somebody above the work that take the matter on from the state."""
    for move in procedure.moves.values():
        onward = move.is_edge and state.name in move.sources and move.to != state.name
        if onward and set(move.by) & set(DECIDING) and WITHDRAWN not in move.outcomes:
            yield move


def _lacking(procedure: Procedure, state: State, move: Move) -> Iterator[Lacking]:
    """Duties that the move should be kept from, each with the reason."""
    there = others_than(move)
    asked = (
        *_as_its_like(procedure, state, move),
        *_put_before(procedure, state, move),
        *_objected_to(procedure, state, move),
        *_over(procedure, state, move),
    )
    yield from ((duty, why) for duty, why in asked if duty not in there and duty not in move.by)


def _as_its_like(procedure: Procedure, state: State, move: Move) -> Iterator[Lacking]:
    """What another move of the same duty, in the same state, asks."""
    if set(move.by) & set(PEOPLE_DUTIES):
        return
    for one in _deciding_moves(procedure, state):
        if one is not move and set(one.by) & set(move.by) & set(DECIDING):
            why = Words(
                f"同一职责在状态 {state.name} 的动作 {one.name} 要求换人",
                f"{one.name} in {state.name} asks for it",
            )
            yield from ((duty, why) for duty in sorted(others_than(one) - set(PASSING)))


def _put_before(procedure: Procedure, state: State, move: Move) -> Iterator[Lacking]:
    """Whose work is put before the owner of the state, who now decides on it."""
    if state.owner not in JUDGING or state.owner not in move.by or _proved_by_path(procedure, move):
        return
    doing = (*DOING, "supervisor") if state.owner == "leader" else DOING
    for one in procedure.moves.values():
        if one.to == state.name and state.owner not in one.by:
            owners = {procedure.states[name].owner for name in one.sources}
            why = Words(
                f"状态 {state.name} 要决定的是 {one.name} 交来的",
                f"{state.name} decides on what {one.name} put before it",
            )
            yield from ((duty, why) for duty in one.by if duty in doing and duty in owners)


def _objected_to(procedure: Procedure, state: State, move: Move) -> Iterator[Lacking]:
    """Whose act people did not agree to, where the quarrel is put before the owner of the state."""
    if state.owner not in HEARING or state.owner not in move.by or _proved_by_path(procedure, move):
        return
    for act in _acts_before_people(procedure, state):
        owners = {procedure.states[name].owner for name in act.sources}
        why = Words(
            f"状态 {state.name} 要决定的是对 {act.name} 的异议",
            f"{state.name} decides on what people object to in {act.name}",
        )
        yield from ((duty, why) for duty in act.by if duty in DOING and duty in owners)


def _acts_before_people(procedure: Procedure, state: State) -> Iterator[Move]:
    """Moves that put something to people, from whose answer the matter comes into the state."""
    moves = procedure.moves.values()
    asked = {
        name for one in moves if one.to == state.name for name in one.sources if _is_of(one, PEOPLE_DUTIES)
    }
    asked = {name for name in asked if procedure.states[name].owner in PEOPLE_DUTIES}
    yield from (one for one in moves if one.to in asked)


def _is_of(move: Move, duties: tuple[str, ...]) -> bool:
    return bool(set(move.by) & set(duties))


def _proved_by_path(procedure: Procedure, move: Move) -> bool:
    """A verifier's move that `essential.self_checks` watches, or that is kept apart from whoever works."""
    if "verifier" not in move.by:
        return False
    by_others = {duty for one in procedure.moves.values() for duty in one.by if duty in DOING}
    return working_duty(procedure) in by_others or bool(others_than(move) & set(DOING))


def _over(procedure: Procedure, state: State, move: Move) -> Iterator[Lacking]:
    """Whose work is taken on over the owner's head."""
    first = next(iter(procedure.states))
    working = state.owner in DOING or (state.owner == "receiver" and state.name != first)
    if working and state.owner is not None and set(move.by) <= set(DECIDING):
        yield (
            state.owner,
            Words(f"状态 {state.name} 是 {state.owner} 在办", f"{state.name} is the {state.owner}'s work"),
        )


def _one_hand(procedure: Procedure, move: Move, duty: str, why: Words) -> Finding:
    return finding(
        "self-check",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 没有排除 {duty}，自己办的可以自己定：{why.zh}。",
            f"The move {move.name} does not exclude the {duty}, who would decide on own work: {why.en}.",
        ),
        Words(
            f"给动作 {move.name} 写上 needs: [other_than({duty})]。",
            f"Let the move {move.name} need other_than({duty}).",
        ),
    )
