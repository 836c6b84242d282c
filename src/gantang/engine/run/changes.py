"""Changes from outside the moves: remits, calendars, outages. Each is a step like any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gantang.engine.model import Procedure
from gantang.engine.run import clocks, grants
from gantang.engine.run.case import Case, Clock, Held, held_dict
from gantang.engine.run.values import CHINA, Facts, Step, stamp

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.time import Calendar


def reroute(procedure: Procedure, case: Case, facts: Facts, now: datetime) -> tuple[Step, ...]:
    """A changed remit: holders filled from it follow, those named by a move stand; clocks run on."""
    if case.is_closed:
        return ()
    changed = {}
    for duty, held in case.holders.items():
        fact = facts.holders.get(duty)
        if held.by == "remit" and fact is not None and fact != held.holder():
            changed[duty] = held_dict(Held(fact.unit, fact.post, fact.remit))
    if not changed:
        return ()
    return (Step("rerouted", {"at": stamp(now), "holders": changed}),)


def end_unit(procedure: Procedure, case: Case, unit: int, facts: Facts, now: datetime) -> tuple[Step, ...]:
    """A unit ends: what a move had named it for is filled from the remit, or released."""
    lost = [duty for duty, held in case.holders.items() if held.unit == unit]
    if case.is_closed or not lost:
        return ()
    filled = {
        duty: held_dict(Held(fact.unit, fact.post, fact.remit))
        for duty in lost
        if (fact := facts.holders.get(duty)) is not None
    }
    return (Step("rerouted", {"at": stamp(now), "release": lost, "holders": filled}),)


def recompute(procedure: Procedure, case: Case, calendar: Calendar, now: datetime) -> tuple[Step, ...]:
    """A changed calendar: deadlines again, if any moved. A lapse that fired is not undone."""
    again = grants.reset(procedure, case, calendar, now)
    present = {"clock" if of == "state" else "total": clock.to_dict() for of, clock in clocks.clocks_of(case)}
    moved = {name: data for name, data in again.items() if _differs(present[name], data)}
    if not moved:
        return ()
    return (Step("recomputed", {"at": stamp(now), "calendar": calendar.version, **moved}),)


def _differs(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return any(one[key] != other[key] for key in ("due", "watch", "provisional"))


def outage(
    procedure: Procedure,
    case: Case,
    since: datetime,
    until: datetime,
    calendar: Calendar,
    now: datetime,
    *,
    account: int | None,
    reason: str,
) -> tuple[Step, ...]:
    """An outage, entered by an administrator: all clocks stood still. `reason` is a code.

    Clocks that stood still then already, or began after it, are as they were: entered twice it is one.
    """
    begin = max(since, case.opened_at)
    if case.is_closed or begin >= until:
        return ()
    halted = replace(case, clock=_halted(case.clock, begin, until), total=_halted(case.total, begin, until))
    if halted == case:
        return ()
    data = {"since": stamp(begin), "until": stamp(until), "reason": reason, "account": account}
    return (Step("outage", {"at": stamp(now), **data, **grants.reset(procedure, halted, calendar, now)}),)


def _halted(clock: Clock | None, since: datetime, until: datetime) -> Clock | None:
    return clock if clock is None or clock.start >= until else clocks.stop(clock, since, until)


def take_over(
    procedure: Procedure, case: Case, facts: Facts, now: datetime, *, origin: dict[str, Any]
) -> Step:
    """The first step of a matter moved here from another city: no transfer renews a clock or a refusal.

    `case` is the old one as it stood before it ended `moved`; `origin` names it (city, matter, the
    head of its chain). Opening, clocks, uses and who did what go on; the work finds its holder here.
    """
    owner = procedure.states[case.state].owner or ""
    fact = facts.holders.get(owner)
    here = {owner: Held(fact.unit, fact.post, fact.remit)} if fact else {}
    taken = replace(case, holders=here, wish=None, changed_at=now.astimezone(CHINA))
    return Step("taken_over", {"at": stamp(now), "origin": origin, "case": taken.to_dict()})
