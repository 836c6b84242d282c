"""Who comes to a centre on a day, for whoever works there: names masked, opened with a reason."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.people import FIELDS, REASONS
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import NotFoundError
from gantang.reception import queries
from gantang.reception.types import BookingView, ListingView
from gantang.vault import queries as vault
from gantang.vault import service as opening


@never_cache
@require_safe
@staffed
def visits(request: HttpRequest) -> HttpResponse:
    """A day of the centre that one works in."""
    return _page(request, _day(request.GET.get("on", "")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def field(request: HttpRequest, booking: UUID, field: str) -> HttpResponse:
    """Ask for a reason, then open one field for this answer alone; who, when and why is on the ledger."""
    actor, one = actor_of(request), queries.booking(actor_of(request), booking)
    if field not in FIELDS or one.entry is None:
        raise NotFoundError
    reason, value = request.POST.get("reason", ""), None
    if request.method == "POST" and reason in REASONS:
        value = opening.open_field(
            actor=actor,
            city=one.city,
            matter=one.id,
            entry=one.entry,
            field=field,
            reason=reason,
            holds_duty=True,
            now=clock.now(),
        )
    return _page(request, one.starts_at.date(), opened=(booking, field, value))


def _page(
    request: HttpRequest, on: date, *, opened: tuple[UUID, str, str | None] | None = None
) -> HttpResponse:
    actor, today = actor_of(request), clock.now().date()
    mine = [one for one in queries.listings(hidden=True) if queries.works_at(actor, one.centre, today)]
    context = {
        **frame(request, "visits"),
        "on": on,
        "centres": [_centre(actor, one, on) for one in mine],
        "opened": opened,
        "reasons": REASONS.items(),
    }
    return render(request, "desk/visits.html", context)


def _centre(actor: Actor, one: ListingView, on: date) -> dict[str, Any]:
    found = queries.day_of(actor, one.centre, on)
    return {"listing": one, "lines": [_line(actor, each) for each in found]}


def _line(actor: Actor, one: BookingView) -> dict[str, Any]:
    cards = vault.cards(actor, city=one.city, matter=one.id, holds_duty=True) if one.entry else []
    shown = cards[0].shown if cards else {}
    return {
        "booking": one,
        "name": one.service.name(get_language() or ""),
        "fields": [(name, FIELDS[name], value) for name, value in shown.items() if name in FIELDS],
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.now().date()
