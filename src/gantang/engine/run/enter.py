"""Going into a state: the part of a step that says which clocks start and who holds the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gantang.engine.model import PEOPLE_DUTIES, Move, Procedure, State
from gantang.engine.run import clocks
from gantang.engine.run.case import Case, Clock, Held, held_dict
from gantang.engine.run.values import Facts, stamp
from gantang.engine.time import Span, deadline

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.time import Calendar


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry is computed from: the case before it, and what the act gave."""

    procedure: Procedure
    case: Case | None
    facts: Facts
    calendar: Calendar
    answers: Mapping[str, Any]
    chosen: dict[str, str]
    release: tuple[str, ...] = ()


def entry(given: Entry, target: str, at: datetime, *, outcome: str | None) -> dict[str, Any]:
    """The data of a step that goes to `target` at a moment; what is over elsewhere starts no clock here."""
    state = given.procedure.states[target]
    data: dict[str, Any] = {"to": target, "until": _untils(given, target, at), "pause": None, "wish": None}
    if state.is_end:
        return {**data, "ended": True, "outcome": outcome, "clock": None}
    data["clock"] = _dict(_state_clock(given, target, at))
    if given.case is None or given.case.is_closed:
        data["total"] = _dict(_total_clock(given, at))
        data["reopened"] = given.case is not None
    data["holders"] = holders(given, state)
    return data


def _dict(clock: Clock | None) -> dict[str, Any] | None:
    return clock.to_dict() if clock else None


def _total_clock(given: Entry, at: datetime) -> Clock | None:
    if given.facts.imported:
        return None
    return clocks.start_total(given.procedure, at, given.chosen, given.calendar)


def _state_clock(given: Entry, target: str, at: datetime) -> Clock | None:
    if given.facts.imported:
        return None
    case = given.case
    carried = None
    if case is not None and given.procedure.carries(case.state, target):
        carried = case.clock
    return clocks.start_state(given.procedure, target, at, given.chosen, given.calendar, carried=carried)


def _untils(given: Entry, target: str, at: datetime) -> dict[str, str]:
    """Until when the moves of the new state may be made, for those that say so."""
    return {
        move.name: stamp(_until(move, given, at))
        for move in given.procedure.moves_from(target)
        if move.until is not None and not given.facts.imported
    }


def _until(move: Move, given: Entry, at: datetime) -> datetime:
    assert move.until is not None  # noqa: S101 - the caller has asked
    span: Span = move.until.of(given.chosen.get(move.until.by or ""))
    people = any(duty in PEOPLE_DUTIES for duty in move.by)
    return deadline(at, span, given.calendar, side="people" if people else "staff").due


def holders(given: Entry, state: State) -> dict[str, Any]:
    """The owner's holder: named by the move, else standing, else from the remit."""
    duty = state.owner
    if duty is None or duty in PEOPLE_DUTIES:
        return {}
    held = _named(given) or _standing(given, duty) or _by_remit(given, duty)
    return {duty: held_dict(held)} if held else {}


def _named(given: Entry) -> Held | None:
    unit = given.answers.get("unit")
    return None if unit is None else Held(int(unit), given.answers.get("post"), None, "move")


def _standing(given: Entry, duty: str) -> Held | None:
    """One named by a move stands until it is released."""
    if given.case is None or duty in given.release:
        return None
    held = given.case.holders.get(duty)
    return held if held and held.by == "move" else None


def _by_remit(given: Entry, duty: str) -> Held | None:
    holder = given.facts.holders.get(duty)
    if holder is not None:
        return Held(holder.unit, holder.post, holder.remit, "remit")
    known = given.case.holders.get(duty) if given.case and duty not in given.release else None
    return known
