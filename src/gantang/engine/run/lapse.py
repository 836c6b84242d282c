"""What the clock owes: pauses that end, late rules, moves by the clock. In order of due, then of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gantang.engine.model import CLOCK, LateRule, Move, Procedure
from gantang.engine.run import clocks, grants
from gantang.engine.run.apply import apply
from gantang.engine.run.values import CLOCK_DOER, Facts, Step, stamp
from gantang.engine.vocabulary import Context

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.run.case import Case
    from gantang.engine.time import Calendar

#: A procedure that the checker passed never comes near; one that it did not must not hang the server.
MOST = 1000


@dataclass(frozen=True, slots=True, order=True)
class Owed:
    """Something the clock owes: when, and its turn in the file (a pause's end comes first)."""

    at: datetime
    order: int
    rule: int
    of: str


def lapse(
    procedure: Procedure, case: Case, facts: Facts, calendar: Calendar, now: datetime
) -> tuple[Step, ...]:
    """All steps of the clock due by `now`, each at its due moment."""
    steps: list[Step] = []
    for _ in range(MOST):
        owed = next_owed(procedure, case)
        if owed is None or owed.at > now:
            break
        for step in _fire(procedure, case, owed, facts, calendar):
            case = apply(case, step)
            steps.append(step)
    return tuple(steps)


def wake_at(procedure: Procedure, case: Case, calendar: Calendar | None = None) -> datetime | None:
    """The next moment at which the clock does anything; None when it never will."""
    owed = next_owed(procedure, case)
    return owed.at if owed else None


def next_owed(procedure: Procedure, case: Case) -> Owed | None:
    """The first thing owed. Marks alone are derived from the clock: nothing is owed for them."""
    found = [
        Owed(_moment(case, of, watch.at), procedure.late[watch.rule].order, watch.rule, of)
        for of, clock in clocks.clocks_of(case)
        for watch in clock.waiting()
        if _is_heard(procedure, case, procedure.late[watch.rule])
    ]
    if case.pause is not None and not case.is_closed:
        found.append(Owed(case.pause.until, -1, -1, "pause"))
    return min(found, default=None)


def _moment(case: Case, of: str, at: datetime) -> datetime:
    """When a rule is owed: on entry, where its move (by the total) could not start before the matter came."""
    return max(at, case.entered_at) if of == "total" else at


def _is_heard(procedure: Procedure, case: Case, rule: LateRule) -> bool:
    return bool(rule.tell) or _may_start(procedure, case, rule)


def _may_start(procedure: Procedure, case: Case, rule: LateRule) -> bool:
    return rule.move is not None and case.state in procedure.moves[rule.move].sources


def _heard(procedure: Procedure, case: Case, rule: LateRule) -> list[str]:
    """The duties that are told; the owner by the duty it holds."""
    owner = procedure.states[case.state].owner or "owner"
    return list(dict.fromkeys(owner if duty == "owner" else duty for duty in rule.tell))


def _fire(procedure: Procedure, case: Case, owed: Owed, facts: Facts, calendar: Calendar) -> list[Step]:
    if owed.of == "pause":
        going = grants.resumed(procedure, case, calendar, owed.at)
        return [Step("resumed", {"at": stamp(owed.at), "of": "state", **going})]
    rule = procedure.late[owed.rule]
    which = {"n": owed.rule, "of": owed.of, "at": f"{rule.at}%"}
    steps = []
    if rule.tell:
        data = {
            "at": stamp(owed.at),
            "rule": which,
            "tell": _heard(procedure, case, rule),
            "state": case.state,
            "mark": rule.mark,
        }
        steps.append(Step("told", {**data, "last": not _may_start(procedure, case, rule)}))
    if _may_start(procedure, case, rule):
        steps.append(_move_step(procedure, case, rule, owed, which, facts, calendar))
    return steps


def _move_step(
    procedure: Procedure,
    case: Case,
    rule: LateRule,
    owed: Owed,
    which: dict[str, Any],
    facts: Facts,
    calendar: Calendar,
) -> Step:
    """The move by the clock; where a reason stands against it, the rule is skipped for good."""
    from gantang.engine.run.decide import moved, reasons

    move: Move = procedure.moves[rule.move or ""]
    context = Context(procedure, case, move, CLOCK, CLOCK_DOER, {}, facts, owed.at)
    against = [one.code for one in reasons(context, None)]
    if against:
        return Step("skipped", {"at": stamp(owed.at), "rule": which, "move": move.name, "against": against})
    return Step("moved", moved(context, calendar, at=owed.at, rule=which))
