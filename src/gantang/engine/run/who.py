"""Under which duty a doer may make a move, and whether the work is theirs."""

from __future__ import annotations

from gantang.engine.model import CLOCK, PEOPLE_DUTIES, Move, Procedure
from gantang.engine.run.case import Case, Held
from gantang.engine.run.say import duties, refusal
from gantang.engine.run.values import Doer, Facts, Refusal

#: Duties whose work is one unit's own; the others may be held at several levels.
OWN_WORK = ("handler", "mediator", "cooperator")


def duty_for(
    procedure: Procedure, case: Case, move: Move, doer: Doer, facts: Facts
) -> tuple[str | None, Refusal | None]:
    """The duty the doer acts under; else the reason why not."""
    mine = [duty for duty in move.by if duty != CLOCK and _has(case, duty, doer, facts)]
    if not mine:
        people = tuple(duty for duty in move.by if duty != CLOCK)
        if not people:
            return None, refusal("move.by_clock", move=move)
        return None, refusal("move.not_yours", duties(people), move=move)
    for duty in mine:
        if holds(procedure, case, duty, doer, facts):
            return duty, None
    return None, refusal("move.held_by_other", move=move)


def _has(case: Case, duty: str, doer: Doer, facts: Facts) -> bool:
    """The doer's own duty; or, as leader of the unit, that of a post which nobody fills."""
    held = case.holders.get(duty)
    return duty in doer.duties or (held is not None and _stands_in(held, doer, facts))


def _stands_in(held: Held, doer: Doer, facts: Facts) -> bool:
    return held.post in facts.vacant and doer.unit == held.unit and "leader" in doer.duties


def holds(procedure: Procedure, case: Case, duty: str, doer: Doer, facts: Facts) -> bool:
    """Whether the doer's unit and post hold the work under that duty.

    Only the owner of the present state, and those who do the work itself, are bound to
    a holder: supervisors and leaders of several levels act on the same matter.
    """
    held = case.holders.get(duty)
    owner = procedure.states[case.state].owner
    if held is None or duty in PEOPLE_DUTIES or (duty != owner and duty not in OWN_WORK):
        return True
    return _is_theirs(held, doer, facts)


def _is_theirs(held: Held, doer: Doer, facts: Facts) -> bool:
    if doer.unit != held.unit:
        return False
    return held.post is None or doer.post == held.post or _stands_in(held, doer, facts)
