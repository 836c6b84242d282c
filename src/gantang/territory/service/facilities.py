"""Facilities entered, amended and taken away by whoever administers their ground."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.territory import errors
from gantang.territory.models import Facility, FacilityKind
from gantang.territory.rules import facilities as rules
from gantang.territory.service import standing
from gantang.territory.service.common import must_administer
from gantang.territory.types import NewFacility

#: So many are written in one transaction: each names its stream to the wall, and that list must stay short.
BATCH = 100
Kinds = Mapping[str, FacilityKind]
_PLAIN = ("kind", "name", "ground", "lon", "lat", "installed_on", "keeper", "condition")


def make_facility(*, actor: Actor, facility: NewFacility, now: datetime) -> UUID:
    """Enter a facility; in force from today. Errors: NotAdminError, FacilityError."""
    must_administer(actor)
    with work(actor) as w:
        grounds = [standing.located(facility.point, now.date())]
        (made,) = add_all(w, [facility], grounds, now)
    return made


def add_all(w: Work, new: Sequence[NewFacility], found: Sequence[str | None], now: datetime) -> list[UUID]:
    """The same for some, in the caller's transaction; ``found`` are the grids that hold their points."""
    kinds = open_kinds()
    rows = [_row(one, grid, kinds, now) for one, grid in zip(new, found, strict=True)]
    _check_codes([row.code for row in rows])
    for row in rows:
        w.add(row)
        standing.record_facility(w, row, "made", {"kind": row.kind, "ground": row.ground}, now, is_new=True)
    standing.count(w, (), [standing.kept(row) for row in rows])
    return [row.id for row in rows]


def amend_facility(*, actor: Actor, facility: UUID, to: NewFacility, now: datetime) -> bool:
    """Say what is so now; its code stays. Whether anything was changed. Errors: NotAdminError,
    FacilityMissingError, FacilityError."""
    must_administer(actor)
    with work(actor) as w:
        found = standing.located(to.point, now.date())
        return amend(w, standing.locked(facility), to, found, open_kinds(), now)


def amend(w: Work, row: Facility, to: NewFacility, found: str | None, kinds: Kinds, now: datetime) -> bool:
    """The same for a locked row; ``found`` is the grid that holds its point."""
    was = standing.kept(row)
    wanted = said(to, found, kinds, now.date(), held=row.kind)
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(row, name, value)
    row.due_on = _due(row, kinds)
    w.change(row, [*changed, "due_on"])
    standing.count(w, [was], [standing.kept(row)])
    standing.record_facility(w, row, "amended", {"fields": sorted(changed)}, now)
    return True


def remove_facility(*, actor: Actor, facility: UUID, now: datetime) -> None:
    """It was taken away today; the row and its code stay. Errors: NotAdminError, FacilityMissingError."""
    must_administer(actor)
    with work(actor) as w:
        row = standing.locked(facility)
        row.valid_to, row.due_on = now.date(), None
        w.change(row, ["valid_to", "due_on"], valid_to=None)
        standing.count(w, [standing.kept(row)], ())
        standing.record_facility(w, row, "removed", {"on": now.date().isoformat()}, now)


def open_kinds() -> dict[str, FacilityKind]:
    """The kinds that are open, by their codes."""
    return {row.code: row for row in FacilityKind.objects.filter(valid_to=None)}


def _row(one: NewFacility, found: str | None, kinds: Kinds, now: datetime) -> Facility:
    columns = said(one, found, kinds, now.date())
    made = keys.mint(standing.city_of(columns["ground"]), now)
    code = rules.typed(one.code) if one.code else rules.label(made)
    if code is None:
        raise errors.asset("facility_code", one.code)
    row = Facility(id=made, code=code, valid_from=now.date(), **columns)
    row.due_on = _due(row, kinds)
    return row


def said(one: NewFacility, found: str | None, kinds: Kinds, on: date, *, held: str = "") -> dict[str, Any]:
    """The columns that a person fills, checked; the kind that one ``held`` may have ended since. Errors:
    FacilityError."""
    if one.kind not in kinds and one.kind != held:
        raise errors.asset("facility_kind", one.kind)
    if one.condition not in rules.CONDITIONS:
        raise errors.asset("facility_condition", one.condition)
    if one.installed_on is not None and one.installed_on > on:
        raise errors.asset("facility_day", one.installed_on.isoformat())
    ground = standing.ground_of(one.ground, one.point, found, on)
    lon, lat = one.point or (None, None)
    values = (one.kind, standing.name_of(one.name), ground, lon, lat)
    return dict(zip(_PLAIN, (*values, one.installed_on, one.keeper, one.condition), strict=True))


def _due(row: Facility, kinds: Kinds) -> date | None:
    days = kinds[row.kind].inspect_days if row.kind in kinds else None
    return rules.due(row.valid_from, days, inspected=row.inspected_on, repaired=row.repaired_on)


def _check_codes(codes: Sequence[str]) -> None:
    """Each is new, for ever. Errors: FacilityError."""
    taken = set(Facility.objects.filter(code__in=codes).values_list("code", flat=True))
    for place, code in enumerate(codes):
        if code in taken or code in codes[:place]:
            raise errors.asset("facility_code_used", code)
