"""The lists that administrators keep: kinds of facility with their rules, services of places. Dated."""

import re
from datetime import date, datetime
from typing import TypeVar

from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.territory import errors
from gantang.territory.models import FacilityKind, Listed, PlaceService
from gantang.territory.rules import facilities as rules
from gantang.territory.service.common import must_administer
from gantang.territory.types import FacilityKindView, ServiceView

L = TypeVar("L", bound=Listed)
_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")
_WORDS = {"zh": 40, "en": 60}
#: Lists lie with the province: they are one for all of it.
_CITY = 3600
_DUE = """
UPDATE territory_facility SET due_on = LEAST(repaired_on, COALESCE(inspected_on, valid_from) + %s::integer)
WHERE kind = %s AND valid_to IS NULL
"""
_NOT_DUE = "UPDATE territory_facility SET due_on = repaired_on WHERE kind = %s AND valid_to IS NULL"


def set_facility_kind(*, actor: Actor, kind: FacilityKindView, now: datetime) -> None:
    """Add a kind, or say what is so of it from today on; another interval moves every due day of its
    facilities. Errors: NotAdminError, FacilityError."""
    must_administer(actor)
    days = kind.inspect_days
    if not rules.needs_fit(kind.needs) or (days is not None and not 0 < days <= rules.MOST_DAYS):
        raise errors.asset("list_rule")
    _check_words(kind)
    row = FacilityKind(
        code=kind.code,
        zh=kind.zh.strip(),
        en=kind.en.strip(),
        position=kind.position,
        basis=kind.basis.strip(),
        class_code=kind.class_code,
        inspect_days=days,
        needs=dict(kind.needs),
    )
    with work(actor) as w:
        was = _replace(w, row, now)
        if was is None or was.inspect_days != days:
            w.statement(*(_NOT_DUE, [kind.code]) if days is None else (_DUE, [days, kind.code]))
        record_list(w, "facility_kinds", "kind_set", kind.code, now)


def end_facility_kind(*, actor: Actor, code: str, now: datetime) -> None:
    """No new facility is of this kind; those that stand stay. Errors: NotAdminError, FacilityError."""
    must_administer(actor)
    with work(actor) as w:
        _end(FacilityKind, code, now.date())
        record_list(w, "facility_kinds", "kind_ended", code, now)


def set_place_service(*, actor: Actor, service: ServiceView, now: datetime) -> None:
    """Add a service that places may offer, or rename it. Errors: NotAdminError, FacilityError."""
    must_administer(actor)
    _check_words(service)
    row = PlaceService(
        code=service.code,
        zh=service.zh.strip(),
        en=service.en.strip(),
        position=service.position,
        basis=service.basis.strip(),
    )
    with work(actor) as w:
        _replace(w, row, now)
        record_list(w, "place_services", "service_set", service.code, now)


def end_place_service(*, actor: Actor, code: str, now: datetime) -> None:
    """No place can newly offer it. Errors: NotAdminError, FacilityError."""
    must_administer(actor)
    with work(actor) as w:
        _end(PlaceService, code, now.date())
        record_list(w, "place_services", "service_ended", code, now)


def record_list(w: Work, stream: str, what: str, code: str, now: datetime) -> None:
    """Each list has one stream."""
    ledger.append(
        w,
        actor=w.actor,
        city=_CITY,
        stream=ledger.stream_of("list", stream),
        kind="list",
        key=stream,
        items=[(f"list.{what}", {"code": code})],
        happened_at=now,
        now=now,
    )


def _check_words(one: FacilityKindView | ServiceView) -> None:
    if not _CODE.fullmatch(one.code):
        raise errors.asset("list_code", one.code)
    if any(not 0 < len(getattr(one, name).strip()) <= most for name, most in _WORDS.items()):
        raise errors.asset("list_words")


def _replace(w: Work, row: L, now: datetime) -> L | None:
    """Put a line in the place of the open one of its code, which ends today; one of today is overwritten."""
    today, model = now.date(), type(row)
    was = model._default_manager.select_for_update().filter(code=row.code, valid_to=None).first()
    row.valid_from = today
    if was is not None and was.valid_from == today:
        row.pk, row._state.adding = was.pk, False
        w.change(row, [one.attname for one in model._meta.concrete_fields if not one.primary_key])
        return was
    if was is not None:
        model._default_manager.filter(pk=was.pk).update(valid_to=today)
    w.add(row)
    return was


def _end(model: type[Listed], code: str, on: date) -> None:
    rows = model._default_manager.filter(code=code, valid_to=None)
    if not rows.update(valid_to=on):
        raise errors.asset("facility_kind" if model is FacilityKind else "place_service", code)
