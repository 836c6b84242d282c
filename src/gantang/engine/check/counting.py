"""Numbers that are counted in one move and only written down in another: a quorum or a majority left out."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import at_move, finding
from gantang.engine.model import Finding, Guard, Move, Procedure, Words
from gantang.engine.vocabulary.counts import COUNTS


def uncounted(procedure: Procedure) -> Iterator[Finding]:
    """Moves that ask for the numbers which a move beside them compares, and do not compare them."""
    for move in procedure.moves.values():
        asked = {ask.field for ask in move.asks if ask.required}
        own = {numbers for guard in move.needs if (numbers := _numbers(procedure, guard))}
        for numbers, (guard, other) in _beside(procedure, move).items():
            if numbers <= asked and numbers not in own:
                yield _only_written(procedure, move, guard, other)


def _numbers(procedure: Procedure, guard: Guard) -> frozenset[str]:
    """The fields that a comparison is about; nothing for other conditions."""
    found = frozenset(one for one in guard.args if one in procedure.fields)
    return found if guard.name in COUNTS and len(found) > 1 else frozenset()


def _beside(procedure: Procedure, move: Move) -> dict[frozenset[str], tuple[Guard, Move]]:
    """What other moves of the same state compare, each set of numbers once."""
    found: dict[frozenset[str], tuple[Guard, Move]] = {}
    for other in procedure.moves.values():
        if other is not move and set(other.sources) & set(move.sources):
            for guard in other.needs:
                if numbers := _numbers(procedure, guard):
                    found.setdefault(numbers, (guard, other))
    return found


def _only_written(procedure: Procedure, move: Move, guard: Guard, other: Move) -> Finding:
    names = sorted(_numbers(procedure, guard))
    return finding(
        "bypass",
        move.place,
        at_move(procedure, move.name),
        Words(
            f"动作 {move.name} 问了 {'、'.join(names)} 却不数：旁边的动作 {other.name} 要求 {guard}。",
            f"The move {move.name} asks {', '.join(names)} and does not count them; {other.name} beside it"
            f" needs {guard}.",
        ),
        Words(
            f"在 needs 里写上 {guard} 或它的反面；不用数的就不要问。",
            f"Let it need {guard} or its opposite; what is not counted need not be asked.",
        ),
    )
