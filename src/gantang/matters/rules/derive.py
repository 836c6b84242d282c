"""Columns of the row that follow from the case: where it stands, whose turn it is, until when."""

from datetime import datetime
from typing import Any

from gantang import engine
from gantang.engine import Case, Held, Procedure

#: Whose unit answers for the matter as a whole, the first that is held.
ANSWERING = ("handler", "mediator", "cooperator", "dispatcher", "receiver")


def derived(procedure: Procedure, case: Case) -> dict[str, Any]:
    """The columns, by the names they have on the row."""
    turn = turn_of(procedure, case)
    held = case.holders.get(turn)
    return {
        "procedure": case.procedure,
        "procedure_version": case.version,
        "procedure_hash": case.hash,
        "state": case.state,
        "status": status_of(procedure, case),
        "owner_duty": turn,
        "owner_unit": held.unit if held else None,
        "owner_post": held.post if held else None,
        "unit": unit_of(case),
        "supervision": case.supervision or "",
        "opened_at": case.opened_at,
        "entered_at": case.entered_at,
        "due_at": due_of(case),
        "total_due_at": case.total.due if case.total and not case.is_closed else None,
        "wake_at": engine.wake_at(procedure, case),
        "ended_at": case.closed_at,
        "outcome": case.outcome or "",
        "case": case.to_dict(),
    }


def _asking(case: Case) -> bool:
    return case.pause is not None and case.pause.kind == "question"


def turn_of(procedure: Procedure, case: Case) -> str:
    """The duty that is to act; empty at an end."""
    if case.is_closed:
        return ""
    return "reporter" if _asking(case) else procedure.states[case.state].owner or ""


def status_of(procedure: Procedure, case: Case) -> str:
    """One of the engine's words for a state."""
    return "asking" if _asking(case) else procedure.states[case.state].status


def unit_of(case: Case) -> int | None:
    """The unit that answers for the matter now."""
    found: Held | None = next((case.holders[duty] for duty in ANSWERING if duty in case.holders), None)
    return found.unit if found else None


def due_of(case: Case) -> datetime | None:
    """The deadline that comes first in a list: the state's, else the total; never empty while open."""
    if case.is_closed:
        return None
    clocks = [clock.due for clock in (case.clock, case.total) if clock is not None]
    return clocks[0] if clocks else case.entered_at
