"""What a doer may do now: every move, with all reasons for and against. Buttons come from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gantang.engine.model import CLOCK, Move, Procedure
from gantang.engine.run import grants
from gantang.engine.run.answers import MAYBE
from gantang.engine.run.decide import holds, reasons
from gantang.engine.run.lapse import lapse
from gantang.engine.run.replaying import after
from gantang.engine.run.values import Doer, Facts, Possible
from gantang.engine.run.who import duty_for
from gantang.engine.vocabulary import GUARDS, Context

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.run.case import Case
    from gantang.engine.time import Calendar


def may(
    procedure: Procedure, case: Case, doer: Doer, facts: Facts, calendar: Calendar, now: datetime
) -> tuple[Possible, ...]:
    """Every move in the order of the file, then the grants that this state knows.

    Answers are not given yet: a guard that an answer could fulfil does not stand against.
    """
    present = after(case, lapse(procedure, case, facts, calendar, now))
    own = [
        _possible(procedure, present, move, doer, facts, now)
        for move in procedure.moves.values()
        if move.by != (CLOCK,)
    ]
    return (*own, *_grants(procedure, present, doer, facts, now))


def _possible(
    procedure: Procedure, case: Case, move: Move, doer: Doer, facts: Facts, now: datetime
) -> Possible:
    duty, not_theirs = duty_for(procedure, case, move, doer, facts)
    answers = {ask.field: MAYBE for ask in move.asks}
    context = Context(procedure, case, move, duty or move.by[0], doer, answers, facts, now)
    against = tuple(reasons(context, not_theirs))
    return Possible(
        move=move.name,
        title=move.title,
        here=case.state in move.sources,
        allowed=not against,
        duty=duty,
        asks=tuple(ask.field for ask in move.asks if ask.required),
        optional=tuple(ask.field for ask in move.asks if not ask.required),
        outcomes=move.outcomes,
        grounds=tuple(GUARDS[guard.name].title for guard in move.needs if holds(context, guard)),
        refusals=against,
        because=move.because,
    )


def _grants(procedure: Procedure, case: Case, doer: Doer, facts: Facts, now: datetime) -> Iterator[Possible]:
    for name, title in grants.MOVES.items():
        act = grants.Act(procedure, case, name, {}, doer, facts, now)
        if not _is_known_here(act):
            continue
        against = grants.reasons(act)
        needed, optional = grants.ASKS.get(name, ((), ()))
        yield Possible(name, title, True, not against, None, needed, optional, refusals=against)


def _is_known_here(act: grants.Act) -> bool:
    if act.case.is_closed:
        return False
    if act.name == "resume":
        return act.case.pause is not None
    if act.name == "decline":
        return act.case.wish is not None
    if act.name.startswith("grant"):
        wish = act.case.wish
        return wish is not None and (wish.kind, wish.of) == (act.kind, act.of)
    return act.terms is not None
