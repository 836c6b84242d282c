"""The directory: the list of services, a centre's entry, what it offers. By whoever administers there."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.reception import errors
from gantang.reception.models import Listing, Offer, Service
from gantang.reception.rules import hours
from gantang.reception.service.common import must_administer, own_centre, record_centre, record_services
from gantang.reception.types import NewListing, NewOffer, ServiceView, Week

_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
_WORDS = {"zh": 40, "en": 80}
_BRING = 1000
_TEXTS = {"address": 120, "phone": 40}


def set_service(*, actor: Actor, service: ServiceView, now: datetime) -> None:
    """Add a service, or say what is so of it from today on. Errors: NotAdminError, EntryError."""
    must_administer(actor)
    columns = _service(service)
    with work(actor) as w:
        _replace(w, Service(code=service.code, valid_from=now.date(), **columns))
        record_services(w, "set", {"code": service.code}, now)


def end_service(*, actor: Actor, code: str, now: datetime) -> None:
    """No centre newly offers it. Errors: NotAdminError, EntryError."""
    must_administer(actor)
    with work(actor) as w:
        if not Service.objects.filter(code=code, valid_to=None).update(valid_to=now.date()):
            raise errors.wrong("service", code)
        record_services(w, "ended", {"code": code}, now)


def set_listing(*, actor: Actor, centre: int, listing: NewListing, now: datetime) -> None:
    """Put a centre into the directory, or say what is so of it now. Errors: NotAdminError, EntryError."""
    unit = own_centre(actor, centre, now.date())
    columns = {**_texts(listing), "week": _week(listing.week), "shown": listing.shown, "changed_at": now}
    with work(actor) as w:
        row = Listing.objects.select_for_update().filter(pk=centre).first()
        if row is None:
            w.add(Listing(centre_id=centre, **columns))
        else:
            for name, value in columns.items():
                setattr(row, name, value)
            w.change(row, list(columns))
        record_centre(w, unit, "listed", {"shown": listing.shown, "week": columns["week"]}, now)


def set_offer(*, actor: Actor, centre: int, offer: NewOffer, now: datetime) -> None:
    """A centre offers a service, or offers it otherwise from now on; bookings made stay. Errors:
    NotAdminError, EntryError, NoCentreError."""
    unit = own_centre(actor, centre, now.date())
    if not (5 <= offer.minutes <= 480 and 0 <= offer.places <= 99 and 1 <= offer.ahead <= 90):
        raise errors.wrong("offer")
    if not Service.objects.filter(code=offer.service, valid_to=None).exists():
        raise errors.wrong("service", offer.service)
    columns = {"minutes": offer.minutes, "places": offer.places, "ahead": offer.ahead, "ended_on": None}
    with work(actor) as w:
        if not Listing.objects.select_for_update().filter(pk=centre).exists():
            raise errors.NoCentreError
        row = Offer.objects.select_for_update().filter(listing=centre, service=offer.service).first()
        if row is None:
            w.add(Offer(listing_id=centre, service=offer.service, **columns))
        else:
            for name, value in columns.items():
                setattr(row, name, value)
            w.change(row, list(columns))
        record_centre(w, unit, "offer_set", {"service": offer.service, **_plain(columns)}, now)


def end_offer(*, actor: Actor, centre: int, service: str, now: datetime) -> None:
    """A centre offers a service no longer; bookings made stay. Errors: NotAdminError, NoServiceError."""
    unit = own_centre(actor, centre, now.date())
    with work(actor) as w:
        rows = Offer.objects.filter(listing=centre, service=service, ended_on=None)
        if not rows.update(ended_on=now.date()):
            raise errors.NoServiceError
        record_centre(w, unit, "offer_ended", {"service": service}, now)


def _service(one: ServiceView) -> dict[str, Any]:
    if not _CODE.fullmatch(one.code):
        raise errors.wrong("code", one.code)
    words = {"zh": one.title.zh.strip(), "en": one.title.en.strip()}
    if any(not 0 < len(words[name]) <= most for name, most in _WORDS.items()):
        raise errors.wrong("words")
    bring = {"bring_zh": one.bring.zh.strip(), "bring_en": one.bring.en.strip()}
    if any(len(text) > _BRING for text in bring.values()):
        raise errors.wrong("text")
    return {**words, **bring, "position": one.position, "basis": one.basis.strip()[:200]}


def _texts(one: NewListing) -> dict[str, str]:
    texts = {name: getattr(one, name).strip() for name in _TEXTS}
    if any(len(texts[name]) > most or not texts[name].isprintable() for name, most in _TEXTS.items()):
        raise errors.wrong("text")
    return texts


def _week(week: Week) -> dict[str, list[list[str]]]:
    """The hours as they are kept, read once more. Errors: EntryError."""
    for day, spans in week.items():
        if not 0 <= day <= 6 or hours.read(hours.shown(spans)) != tuple(spans):
            raise errors.wrong("hours", hours.shown(spans))
    return {str(day): [list(one) for one in week[day]] for day in sorted(week) if week[day]}


def _replace(w: Work, row: Service) -> None:
    """Put a line in the place of the open one of its code, which ends today; one of today is overwritten."""
    was = Service.objects.select_for_update().filter(code=row.code, valid_to=None).first()
    if was is not None and was.valid_from == row.valid_from:
        row.pk, row._state.adding = was.pk, False
        w.change(row, [one.attname for one in Service._meta.concrete_fields if not one.primary_key])
        return
    if was is not None:
        Service.objects.filter(pk=was.pk).update(valid_to=row.valid_from)
    w.add(row)


def _plain(columns: Mapping[str, int | date | None]) -> dict[str, int]:
    return {name: value for name, value in columns.items() if isinstance(value, int)}
