"""Causes of matters (以民生促民安): which are asked for one and when, and which of them come back. Pure.

A cause is never demanded: the clock and people end matters too, so that an empty one is counted as such.
"""

from collections.abc import Collection, Mapping

from gantang.engine import PEOPLE_DUTIES, STAFF_DUTIES, Move, Procedure
from gantang.engine.model import CLOCK
from gantang.matters.rules.measures import ELSEWHERE
from gantang.matters.types import CauseCount

#: Said honestly, and nothing that could be put right.
NO_GROUND = ("", "unknown", "routine")
#: Whoever of the staff holds a duty on a matter may know why it arose.
TELLING = frozenset(STAFF_DUTIES)
#: Who ends a matter without being asked.
UNASKED = {*PEOPLE_DUTIES, CLOCK}


def is_asked(procedure: Procedure) -> bool:
    """Whether a matter of this procedure is to carry a cause: what is counted, and nothing sealed."""
    return procedure.counted and not procedure.sealed


def may_tell(procedure: Procedure, duties: Collection[str]) -> bool:
    """Whether somebody with these duties may put the cause in."""
    return is_asked(procedure) and bool(TELLING & set(duties))


def is_asked_with(procedure: Procedure, name: str) -> bool:
    """Whether a move's form asks for the cause: it ends the matter here, or answers it and leaves its end to
    people or the clock, whom nobody asks."""
    move = procedure.moves.get(name)
    if move is None or move.to is None or not is_asked(procedure):
        return False
    state = procedure.states[move.to]
    if state.is_end:
        return not set(move.outcomes) <= set(ELSEWHERE)
    ends = (one for one in procedure.moves.values() if _ends_unasked(procedure, one, move.to))
    return state.status == "answered" and next(ends, None) is not None


def _ends_unasked(procedure: Procedure, move: Move, state: str) -> bool:
    ends = move.to is not None and procedure.states[move.to].is_end
    return ends and state in move.sources and not move.from_open and bool(UNASKED & set(move.by))


def counts(
    now: Mapping[tuple[str, str], int], before: Mapping[tuple[str, str], int]
) -> tuple[CauseCount, ...]:
    """What was closed by ground and cause in the period and the one before it, the most first."""
    found = [
        CauseCount(ground, cause, now.get((ground, cause), 0), before.get((ground, cause), 0))
        for ground, cause in {*now, *before}
    ]
    return tuple(sorted(found, key=lambda one: (-one.n, -one.before, one.ground, one.cause)))


def own(
    whole: Mapping[str, int], below: Mapping[tuple[str, str], int], ground: str
) -> dict[tuple[str, str], int]:
    """The counts by ground and cause, with what lies on the ground itself and in none of those below it."""
    found = dict(below)
    for cause, n in whole.items():
        rest = n - sum(some for (_ground, which), some in below.items() if which == cause)
        if rest:
            found[ground, cause] = found.get((ground, cause), 0) + rest
    return found
