"""A centre's public pages kept by whoever administers: entry, offers, services, figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.guard import frame
from gantang.desk.receptionforms import EditionForm, ListingForm, OfferForm, ServiceLineForm
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.posts import queries as posts
from gantang.reception import queries, service
from gantang.reception.errors import NoCentreError, NotAdminError
from gantang.reception.types import ListingView, ServiceView


@never_cache
@require_safe
@administered
def centres(request: HttpRequest) -> HttpResponse:
    """The centres of one's own ground, and whether each is in the directory."""
    ground = home_of(actor_of(request)).ground
    held = {one.centre: one for one in queries.listings(ground, hidden=True)}
    lines = [(one, held.get(one.id)) for one in queries.centres(ground)]
    return render(request, "desk/reception.html", {**frame(request, "reception"), "lines": lines})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def centre(request: HttpRequest, centre: int) -> HttpResponse:
    """A centre's entry and what it offers; each form says by ``act`` what it does."""
    held, act = _held(request, centre), request.POST.get("act", "")
    entry = ListingForm(request.POST if act == "entry" else None, held=held)
    offer = OfferForm(request.POST if act in ("offer", "end") else None, services=_services())
    error: GantangError | None = None
    form = offer if act == "offer" else entry
    if act == "end" or (act and form.is_valid()):
        try:
            _set(request, centre, act, entry, offer)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了。"))
            return redirect("desk:reception-centre", centre)
    context = {
        **frame(request, "reception"),
        "unit": posts.unit(centre),
        "listing": held,
        "entry": entry,
        "offer": offer if act == "offer" else OfferForm(services=_services()),
        "offers": _offers(held),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/reception_centre.html", context, status=_status(request, error))


def _set(request: HttpRequest, centre: int, act: str, entry: ListingForm, offer: OfferForm) -> None:
    actor, now = actor_of(request), clock.now()
    if act == "entry":
        service.set_listing(actor=actor, centre=centre, listing=entry.listing(), now=now)
    elif act == "offer":
        service.set_offer(actor=actor, centre=centre, offer=offer.offer(), now=now)
    else:
        service.end_offer(actor=actor, centre=centre, service=request.POST.get("service", ""), now=now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def services(request: HttpRequest) -> HttpResponse:
    """The list of services, in two languages."""
    ends = request.POST.get("act") == "end"
    form = ServiceLineForm(request.POST if request.method == "POST" and not ends else None)
    error: GantangError | None = None
    if request.method == "POST" and (ends or form.is_valid()):
        actor, now = actor_of(request), clock.now()
        try:
            if ends:
                service.end_service(actor=actor, code=request.POST.get("code", ""), now=now)
            else:
                service.set_service(actor=actor, service=form.service(), now=now)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了。"))
            return redirect("desk:reception-services")
    every = queries.services()
    chosen = next((one for one in every if one.code == request.GET.get("code")), None)
    if chosen is not None and request.method != "POST":
        form = ServiceLineForm(initial=_initial(chosen))
    context = {
        **frame(request, "reception"),
        "services": every,
        "form": form,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/reception_services.html", context, status=_status(request, error))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def figures(request: HttpRequest) -> HttpResponse:
    """The editions of one's own ground, those in work, and an order for a new one."""
    form = EditionForm(request.POST if request.method == "POST" else None)
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            service.order_edition(actor=actor_of(request), **given, now=clock.now())
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("记下了，算好就公布。"))
            return redirect("desk:reception-figures")
    ground = home_of(actor_of(request)).ground
    orders = [(one, problem(one.error) if one.error else None) for one in queries.ordered(ground)]
    context = {
        **frame(request, "reception"),
        "form": form,
        "orders": orders,
        "in_work": any(one.in_work for one, _problem in orders),
        "editions": queries.editions(ground),
        "licence": queries.licence(),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/reception_figures.html", context, status=_status(request, error))


def _held(request: HttpRequest, centre: int) -> ListingView | None:
    """The entry of a centre on one's own ground; None while there is none. Errors: NotAdminError."""
    home = home_of(actor_of(request))
    if centre not in {one.id for one in queries.centres(home.ground)}:
        raise NotAdminError
    try:
        return queries.listing(centre, hidden=True)
    except NoCentreError:
        return None


def _services() -> list[tuple[str, str]]:
    lang = get_language() or ""
    return [(one.code, one.name(lang)) for one in queries.services()]


def _offers(held: ListingView | None) -> list[dict[str, Any]]:
    lang = get_language() or ""
    offers = held.offers if held else ()
    return [{"offer": one, "name": one.service.name(lang)} for one in offers]


def _initial(one: ServiceView) -> dict[str, Any]:
    return {
        "code": one.code,
        "zh": one.title.zh,
        "en": one.title.en,
        "bring_zh": one.bring.zh,
        "bring_en": one.bring.en,
        "position": one.position,
        "basis": one.basis,
    }


def _status(request: HttpRequest, error: GantangError | None) -> int:
    return error.status if error else 422 if request.method == "POST" else 200
