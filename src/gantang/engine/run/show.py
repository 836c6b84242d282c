"""What a reader sees of a case at a moment: status, marks, whose turn. Derived, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gantang.engine.model import MARKS, Procedure, Words
from gantang.engine.run import clocks
from gantang.engine.run.case import Case

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """`status` is one of STATUSES; `mark` yellow, red or None; `turn` the duty that is to act."""

    status: str
    title: Words
    turn: str | None
    mark: str | None
    due: datetime | None
    total_due: datetime | None
    paused: str | None
    extended: bool
    supervision: str | None
    outcome: Words | None


def show(procedure: Procedure, case: Case, now: datetime) -> Shown:
    state = procedure.states[case.state]
    asking = case.pause is not None and case.pause.kind == "question"
    return Shown(
        status="asking" if asking else state.status,
        title=state.title,
        turn="reporter" if asking else state.owner,
        mark=mark(procedure, case, now),
        due=case.clock.due if case.clock else None,
        total_due=case.total.due if case.total and not case.is_closed else None,
        paused=case.pause.kind if case.pause else None,
        extended=bool(case.clock and case.clock.extensions),
        supervision=case.supervision,
        outcome=procedure.outcomes.get(case.outcome) if case.outcome else None,
    )


def mark(procedure: Procedure, case: Case, now: datetime) -> str | None:
    """The strongest mark whose moment has passed on a running clock."""
    reached = {
        procedure.late[watch.rule].mark
        for _, clock in clocks.clocks_of(case)
        for watch in clock.watch
        if watch.at <= now
    }
    return next((one for one in reversed(MARKS) if one in reached), None)
