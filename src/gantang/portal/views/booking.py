"""An appointment: a time taken, seen again by its code, put into a calendar, given back.

The code stands in an address only on the way in from a square code.
"""

import hashlib
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.faces.errors import problem, told
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, NotFoundError
from gantang.portal import booked, centres, elder, held, human, throttle
from gantang.portal.bookforms import BookForm
from gantang.portal.forms import new_token
from gantang.reception import queries, service
from gantang.reception.types import Booked, BookingView


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def book(request: HttpRequest, centre: int, offered: str) -> HttpResponse:
    """The times that are left; a post takes one and shows the booking code."""
    queries.listing(centre)
    if request.method != "POST":
        begun = {"token": new_token(), "at": request.GET.get("at", "")[:40]}
        return _page(request, centre, offered, BookForm(initial=begun))
    form = BookForm(request.POST)
    if not form.is_valid():
        return _page(request, centre, offered, form, status=422)
    try:
        human.check(request.POST.get("token", ""), form.cleaned_data["found"], now=clock.now())
        booked.count(request)
        made = _take(form, queries.offer(centre, offered).id)
    except human.OldPageError as error:
        fresh = BookForm({**request.POST.dict(), "token": new_token()})
        return _page(request, centre, offered, fresh, error=error, status=error.status)
    except GantangError as error:
        return _page(request, centre, offered, form, error=error, status=error.status)
    response = render(request, "portal/booked.html", _shown(made))
    held.BOOKING.hold(response, made.code)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told
def booking(request: HttpRequest) -> HttpResponse:
    """One's booking by its code: entered, or held from before."""
    given = request.POST.get("code", "")[:80]
    if request.method != "POST":
        code = held.BOOKING.read(request)
        return _found(request, code) if code else _find(request)
    try:
        _by_code(request, held.entered(request))
    except GantangError as error:
        return _find(request, error=error, given=given)
    response = redirect("portal:booking")
    held.BOOKING.hold(response, given)
    return response


@never_cache
@require_safe
@told
def scan(request: HttpRequest, reference: str) -> HttpResponse:
    """The way in from a square code: the code is kept, and the address is left."""
    _by_code(request, reference)
    response = redirect("portal:booking")
    held.BOOKING.hold(response, reference)
    return response


@never_cache
@require_POST
@told
def cancel(request: HttpRequest) -> HttpResponse:
    """Give the place back. Errors: NoBookingError, TooLateError."""
    service.cancel(actor=Actor(client="booking"), code=held.BOOKING.read(request), now=clock.now())
    return redirect("portal:booking")


@never_cache
@require_safe
@told
def file(request: HttpRequest) -> HttpResponse:
    """The booking for a calendar. Errors: NoBookingError."""
    made = queries.calendar_file(queries.by_code(held.BOOKING.read(request)), now=clock.now())
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the code in this browser."""
    response = redirect("portal:booking")
    held.BOOKING.forget(response)
    return response


def _take(form: BookForm, offer: int) -> Booked:
    token = form.cleaned_data["token"]
    actor = Actor(client=f"form:{hashlib.sha256(token.encode()).hexdigest()}")
    at = form.cleaned_data["at"]
    return service.book(
        actor=actor, offer=offer, starts_at=at, visitor=form.visitor(), key=token, now=clock.now()
    )


def _by_code(request: HttpRequest, code: str) -> BookingView:
    """Errors: NoBookingError, TooManyCodesError."""
    throttle.check_code(request)
    try:
        return queries.by_code(code)
    except NotFoundError:
        throttle.wrong_code(request)
        raise


def _page(
    request: HttpRequest,
    centre: int,
    offered: str,
    form: BookForm,
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    now, one = clock.now(), queries.listing(centre)
    chosen = request.POST.get("day") or request.GET.get("day", "")
    context: dict[str, Any] = {
        "bits": human.BITS,
        "now": now,
        "centre": one,
        "form": form,
        "contact": [form["name"], form["phone"], form["email"]],
        "problem": problem(error) if error else None,
        **centres.booking_of(one, queries.offer(centre, offered), chosen, now),
    }
    context["at"] = booked.time_of(context["picked"], form)
    context["step"] = booked.step(request, form, context["at"]) if elder.is_on(request) else ""
    return render(request, "portal/book.html", context, status=status)


def _found(request: HttpRequest, code: str) -> HttpResponse:
    try:
        one = queries.by_code(code)
    except NotFoundError as error:  # cleared since
        response = _find(request, error=error)
        held.BOOKING.forget(response)
        return response
    now = clock.now()
    context = {**_told(one), "now": now, "past": one.starts_at <= now}
    return render(request, "portal/booking.html", context)


def _find(request: HttpRequest, *, error: GantangError | None = None, given: str = "") -> HttpResponse:
    context = {"now": clock.now(), "given": given, "problem": problem(error) if error else None}
    return render(request, "portal/booking_find.html", context, status=error.status if error else 200)


def _shown(made: Booked) -> dict[str, object]:
    return {**_told(made.view), "now": clock.now(), "code": made.code, "qr": _square(made.code)}


def _told(one: BookingView) -> dict[str, object]:
    lang = get_language() or ""
    return {"booking": one, "name": one.service.name(lang), "bring": one.service.things(lang)}


def _square(code: str) -> SafeString:
    """A square code that leads to the booking; drawn as SVG with attributes only."""
    address = settings.GANTANG_URL + reverse("portal:booking_scan", args=[code.replace("-", "")])
    drawn = segno.make(address, micro=False, error="m")
    return mark_safe(drawn.svg_inline(border=2, omitsize=True, dark="#1e2721", light="#fff"))  # noqa: S308 (our own drawing)
