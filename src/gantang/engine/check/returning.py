"""Work that is given back: whoever has it before them is told why, where another return asks."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import at_move, finding
from gantang.engine.model import STAFF_DUTIES, Finding, Move, Procedure, Words


def wordless_returns(procedure: Procedure) -> Iterator[Finding]:
    """Moves by staff to a state before theirs that ask for nothing at all, beside others that ask."""
    returns = [one for one in procedure.moves.values() if goes_back(procedure, one)]
    returns = [one for one in returns if set(one.by) <= set(STAFF_DUTIES)]
    for move in returns:
        if not move.asks and any(one.asks for one in returns):
            yield finding(
                "gap",
                move.place,
                at_move(procedure, move.name),
                Words(
                    f"动作 {move.name} 把事项退到前面的状态 {move.to}，却什么也不问：接手的人不知道为什么。",
                    f"The move {move.name} gives the matter back to {move.to} and asks nothing:"
                    " whoever has it now does not know why.",
                ),
                Words(
                    "在 asks 里问一个理由（选项或文字）。",
                    "Let it ask a reason, a choice or a text.",
                ),
            )


def goes_back(procedure: Procedure, move: Move) -> bool:
    """Whether it leads from states under way to one that stands before all of them in the file."""
    order = list(procedure.states)
    if move.to not in order or any(procedure.states[one].is_end for one in move.sources):
        return False
    return all(order.index(move.to) < order.index(one) for one in move.sources)
