"""Facilities looked at, reported broken, repaired: by whoever works on their ground."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.territory import errors
from gantang.territory.models import Facility, FacilityKind, Inspection
from gantang.territory.rules import facilities as rules
from gantang.territory.service import standing


def inspect_facility(
    *,
    actor: Actor,
    facility: UUID,
    on: date,
    condition: str,
    faults: Sequence[str] = (),
    key: str,
    now: datetime,
) -> int:
    """Write down a look at a facility; the newest one says its condition. Returns the inspection's id; the
    same key with the same words gives the same one.

    Errors: FacilityMissingError, NotTendingError, FacilityError, KeyReusedError.
    """
    body = {"facility": str(facility), "on": on.isoformat(), "condition": condition, "faults": list(faults)}
    with work(actor) as w:
        row = standing.locked(facility)
        must_tend(actor, row.ground)
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return int(claim.ref["inspection"])
        _check(row, on, condition, faults, now)
        made = Inspection(
            facility_id=row.id, on=on, condition=condition, faults=sorted(set(faults)), post=actor.post
        )
        w.add(made)
        w.flush()
        if row.inspected_on is None or on >= row.inspected_on:
            _looked(w, row, on, condition)
        standing.record_facility(w, row, "inspected", {**body, "faults": made.faults}, now)
        claim.keep(201, {"inspection": made.pk})
    return int(made.pk)


def report_fault(w: Work, *, actor: Actor, facility: UUID, matter: UUID, now: datetime) -> None:
    """A matter about a broken facility begins: the facility is faulty from now on, unless it is out of
    service. In the transaction that opens the matter. Errors: FacilityMissingError, NotTendingError."""
    row = standing.locked(facility)
    must_tend(actor, row.ground)
    if row.condition == rules.WORKING:
        was, row.condition = standing.kept(row), rules.FAULTY
        w.change(row, ["condition"])
        standing.count(w, [was], [standing.kept(row)])
    standing.record_facility(w, row, "reported", {"matter": str(matter)}, now)


def repaired(w: Work, *, facility: UUID, matter: UUID, now: datetime) -> None:
    """A matter about a facility has ended, in whatever way: somebody is to look at it, from today on. In the
    transaction that ends the matter; a facility that is gone by then needs no look."""
    row = Facility.objects.select_for_update().filter(pk=facility, valid_to=None).first()
    if row is None:
        return
    row.repaired_on = now.date()
    row.due_on = min(row.due_on or row.repaired_on, row.repaired_on)
    w.change(row, ["repaired_on", "due_on"])
    standing.record_facility(w, row, "repair_ended", {"matter": str(matter)}, now)


def may_tend(actor: Actor, ground: str) -> bool:
    """Whether a post works on a ground, or administers; its door says which ground that is."""
    works = (one.ground for one in actor.sight if one.duty in rules.TENDING)
    return actor.admin or any(ground.startswith(one) for one in works)


def must_tend(actor: Actor, ground: str) -> None:
    """Errors: NotTendingError."""
    if not may_tend(actor, ground):
        raise errors.NotTendingError


def _check(row: Facility, on: date, condition: str, faults: Sequence[str], now: datetime) -> None:
    if not row.valid_from <= on <= now.date():
        raise errors.asset("facility_day", on.isoformat())
    wrong = rules.found_faults(condition, faults)
    if wrong is not None:
        raise errors.asset(f"facility_{wrong}", condition)


def _looked(w: Work, row: Facility, on: date, condition: str) -> None:
    was, kinds = standing.kept(row), FacilityKind.objects.filter(code=row.kind, valid_to=None)
    row.condition, row.inspected_on, row.repaired_on = condition, on, None
    days = kinds.values_list("inspect_days", flat=True).first()
    row.due_on = rules.due(row.valid_from, days, inspected=on, repaired=None)
    w.change(row, ["condition", "inspected_on", "repaired_on", "due_on"])
    standing.count(w, [was], [standing.kept(row)])
