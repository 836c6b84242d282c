"""Places that combine services, entered, amended and ended by whoever administers their ground."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.territory import errors
from gantang.territory.models import Place, PlaceService
from gantang.territory.service import standing
from gantang.territory.service.common import must_administer
from gantang.territory.types import NewPlace

_LONGEST = {"address": 120, "hours": 120, "phone": 40}


def make_place(*, actor: Actor, place: NewPlace, now: datetime) -> UUID:
    """Enter a place; in force from today. Errors: NotAdminError, FacilityError."""
    must_administer(actor)
    with work(actor) as w:
        return add(w, place, standing.located(place.point, now.date()), open_services(), now)


def add(w: Work, place: NewPlace, found: str | None, services: Collection[str], now: datetime) -> UUID:
    """The same in the caller's transaction; ``found`` is the grid that holds its point, ``services`` those
    that may be named."""
    columns = said(place, found, services, now.date())
    made = keys.mint(standing.city_of(columns["ground"]), now)
    row = Place(id=made, valid_from=now.date(), **columns)
    w.add(row)
    standing.record_place(w, row, "made", {"ground": row.ground, "services": row.services}, now)
    return row.id


def amend_place(*, actor: Actor, place: UUID, to: NewPlace, now: datetime) -> bool:
    """Say what is so now. Whether anything was changed. Errors: NotAdminError, PlaceMissingError,
    FacilityError."""
    must_administer(actor)
    with work(actor) as w:
        found = standing.located(to.point, now.date())
        return amend(w, locked(place), to, found, open_services(), now)


def amend(
    w: Work, row: Place, to: NewPlace, found: str | None, services: Collection[str], now: datetime
) -> bool:
    """The same for a locked row; what it offers already it may go on to offer."""
    wanted = said(to, found, {*services, *row.services}, now.date())
    changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(row, name, value)
    w.change(row, list(changed))
    standing.record_place(w, row, "amended", {"fields": sorted(changed)}, now)
    return True


def end_place(*, actor: Actor, place: UUID, now: datetime) -> None:
    """It is no more, from today on; the row stays. Errors: NotAdminError, PlaceMissingError."""
    must_administer(actor)
    with work(actor) as w:
        row = locked(place)
        row.valid_to = now.date()
        w.change(row, ["valid_to"], valid_to=None)
        standing.record_place(w, row, "ended", {"on": now.date().isoformat()}, now)


def locked(place: UUID) -> Place:
    """A place that stands, locked. Errors: PlaceMissingError."""
    row = Place.objects.select_for_update().filter(pk=place, valid_to=None).first()
    if row is None:
        raise errors.PlaceMissingError
    return row


def open_services() -> frozenset[str]:
    """The services that places may newly offer."""
    return frozenset(PlaceService.objects.filter(valid_to=None).values_list("code", flat=True))


def said(one: NewPlace, found: str | None, services: Collection[str], on: date) -> dict[str, Any]:
    """The columns, checked. Errors: FacilityError."""
    texts = {name: getattr(one, name).strip() for name in _LONGEST}
    if any(len(texts[name]) > most or not texts[name].isprintable() for name, most in _LONGEST.items()):
        raise errors.asset("place_text")
    for service in one.services:
        if service not in services:
            raise errors.asset("place_service", service)
    lon, lat = one.point or (None, None)
    return {
        "name": standing.name_of(one.name),
        "ground": standing.ground_of(one.ground, one.point, found, on),
        "lon": lon,
        "lat": lat,
        "services": sorted(set(one.services)),
        **texts,
    }
