"""What is stated to everybody: every way into it asks anew for what must hold."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import at_move, finding
from gantang.engine.model import Finding, Move, Procedure, Words


def unproved_again(procedure: Procedure) -> Iterator[Finding]:
    """Moves into a state of the feed without a guard that another asks on its way in: people change, and
    what held at the first entry may not hold at the second."""
    for state in procedure.feed.states if procedure.feed is not None else ():
        into = [one for one in procedure.moves.values() if one.to == state]
        asked = {str(guard): one for one in into for guard in one.needs if guard.essential}
        for move in into:
            for guard, other in asked.items():
                if guard not in {str(one) for one in move.needs}:
                    yield _unproved(procedure, move, state, guard, other.name)


def _unproved(procedure: Procedure, move: Move, state: str, guard: str, other: str) -> Finding:
    return finding(
        "bypass",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 进入对外公布的状态 {state}，不问 {guard}；动作 {other} 要求它。",
            f"The move {move.name} enters {state}, which is stated to everybody, without {guard};"
            f" {other} asks for it.",
        ),
        Words(
            f"给动作 {move.name} 也写上 needs: [{guard}]。",
            f"Let the move {move.name} need {guard} too.",
        ),
    )
