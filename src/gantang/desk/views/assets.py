"""Facilities and places for whoever administers: entered, amended, taken away; the lists of their kinds."""

from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.desk import choices
from gantang.desk import facilities as shown
from gantang.desk.admin import actor_of, administered, check_ground, home_of
from gantang.desk.assetforms import FacilityForm, KindForm, PlaceForm, ServiceForm
from gantang.desk.guard import frame, staffed
from gantang.desk.views.facilities import found
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.posts import queries as posts
from gantang.territory import queries, service
from gantang.territory.types import FacilityKindView, FacilityView, NewFacility, NewPlace, PlaceView

T = TypeVar("T", NewFacility, NewPlace)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def new_facility(request: HttpRequest) -> HttpResponse:
    """Enter a facility on one's own ground."""
    form = FacilityForm(request.POST if request.method == "POST" else None, **_offered(request))
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, _("登记一处设施"), status=_status(request))
    try:
        made = service.make_facility(
            actor=actor_of(request), facility=_own(request, form.facility()), now=clock.now()
        )
    except GantangError as error:
        return _form(request, form, _("登记一处设施"), error=error)
    messages.success(request, _("登记好了。"))
    return redirect("desk:facility", made)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def amend_facility(request: HttpRequest, facility: UUID) -> HttpResponse:
    """Say what is so now of a facility; its code stays."""
    one = found(request, facility)
    given = request.POST if request.method == "POST" else None
    form = FacilityForm(given, initial=_initial(one), coded=True, **_offered(request, one.kind))
    title = _("修改%(code)s") % {"code": one.code}
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, title, status=_status(request), facility=one)
    try:
        service.amend_facility(
            actor=actor_of(request), facility=one.id, to=_own(request, form.facility()), now=clock.now()
        )
    except GantangError as error:
        return _form(request, form, title, error=error, facility=one)
    messages.success(request, _("改好了。"))
    return redirect("desk:facility", one.id)


@require_POST
@administered
def remove_facility(request: HttpRequest, facility: UUID) -> HttpResponse:
    """It was taken away; its code is never used again."""
    one = found(request, facility)
    check_ground(actor_of(request), one.ground)
    service.remove_facility(actor=actor_of(request), facility=one.id, now=clock.now())
    messages.success(request, _("拆除了，编号%(code)s不再使用。") % {"code": one.code})
    return redirect("desk:facilities")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of facility with their rules."""
    every = queries.facility_kinds()
    form = _kind_form(request.POST) if request.method == "POST" else None
    error: GantangError | None = None
    if form is not None and (_ends(request) or form.is_valid()):
        try:
            _set_kind(request, form, {one.code: one.position for one in every})
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了，从今天起按它算。"))
            return redirect("desk:facility_kinds")
    lines: list[dict[str, Any]] = [_kind_line(one, form) for one in every]
    mine = any(line["open"] for line in lines)
    context = {
        **frame(request, "facilities"),
        "lines": lines,
        "form": form if form is not None and not mine else _kind_form(),
        "open": form is not None and not mine,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/facility_kinds.html", context, status=_status(request, error))


def _set_kind(request: HttpRequest, form: KindForm, known: dict[str, int]) -> None:
    actor, now = actor_of(request), clock.now()
    if _ends(request):
        service.end_facility_kind(actor=actor, code=request.POST.get("code", ""), now=now)
    else:
        position = known.get(form.cleaned_data["code"], len(known) + 1)
        service.set_facility_kind(actor=actor, kind=form.kind(position), now=now)


@never_cache
@require_safe
@staffed
def places(request: HttpRequest) -> HttpResponse:
    """The places that combine services; everybody may know them, one's own come first."""
    within = posts.grounds_of(actor_of(request))
    ground = request.GET.get("ground", "") or (within[0] if within else "")
    page = queries.places(ground=ground, cursor=request.GET.get("cursor") or None)
    context = {
        **frame(request, "places"),
        "lines": shown.places(page.items),
        "more": f"?ground={ground}&cursor={page.next}" if page.next else "",
        "name": " ".join(queries.path(ground)[-2:]) if ground else "",
    }
    return render(request, "desk/places.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def new_place(request: HttpRequest) -> HttpResponse:
    """Enter a place on one's own ground."""
    form = PlaceForm(request.POST if request.method == "POST" else None, services=_services())
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, _("登记一处综合体"), status=_status(request), here="places")
    try:
        service.make_place(actor=actor_of(request), place=_own(request, form.place()), now=clock.now())
    except GantangError as error:
        return _form(request, form, _("登记一处综合体"), error=error, here="places")
    messages.success(request, _("登记好了。"))
    return redirect("desk:places")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def place(request: HttpRequest, place: UUID) -> HttpResponse:
    """Amend a place on one's own ground, or end it."""
    one = queries.place(place)
    check_ground(actor_of(request), one.ground)
    form = PlaceForm(
        request.POST if request.method == "POST" else None, initial=_place_initial(one), services=_services()
    )
    if request.method != "POST" or not (_ends(request) or form.is_valid()):
        return _form(request, form, one.name, status=_status(request), here="places", place=one)
    try:
        if _ends(request):
            service.end_place(actor=actor_of(request), place=one.id, now=clock.now())
        else:
            to = _own(request, form.place())
            service.amend_place(actor=actor_of(request), place=one.id, to=to, now=clock.now())
    except GantangError as error:
        return _form(request, form, one.name, error=error, here="places", place=one)
    messages.success(request, _("改好了。"))
    return redirect("desk:places")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def services(request: HttpRequest) -> HttpResponse:
    """The services that places may offer."""
    form = ServiceForm(request.POST if request.method == "POST" else None)
    error: GantangError | None = None
    if request.method == "POST" and (_ends(request) or form.is_valid()):
        try:
            _set_service(request, form)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了。"))
            return redirect("desk:place_services")
    context = {
        **frame(request, "places"),
        "lines": queries.place_services(),
        "form": form,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/place_services.html", context, status=_status(request, error))


def _set_service(request: HttpRequest, form: ServiceForm) -> None:
    actor, now = actor_of(request), clock.now()
    if _ends(request):
        service.end_place_service(actor=actor, code=request.POST.get("code", ""), now=now)
    else:
        service.set_place_service(actor=actor, service=form.service(), now=now)


def _ends(request: HttpRequest) -> bool:
    return request.POST.get("act") == "end"


def _status(request: HttpRequest, error: GantangError | None = None) -> int:
    """What a form answers with that was not taken."""
    return error.status if error else 422 if request.method == "POST" else 200


def _own(request: HttpRequest, to: T) -> T:
    """What is told of one's own ground alone. Errors: NotYoursError."""
    ground = to.ground
    if to.point is not None:
        ground = queries.locate(*to.point, on=clock.now().date()).grid or ground
    if ground:
        check_ground(actor_of(request), ground)
    return to


def _form(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    *,
    error: GantangError | None = None,
    status: int = 200,
    here: str = "facilities",
    facility: FacilityView | None = None,
    place: PlaceView | None = None,
) -> HttpResponse:
    context = {
        **frame(request, here),
        "form": form,
        "heading": title,
        "facility": facility,
        "place": place,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/asset_form.html", context, status=error.status if error else status)


def _offered(request: HttpRequest, held: str = "") -> dict[str, Any]:
    """The kinds that are open, with the one that is held, and the units of one's own ground."""
    home, today = home_of(actor_of(request)), clock.now().date()
    units = [(str(one.id), one.name) for one in posts.units(home.ground, on=today) if one.level <= 4]
    kinds = shown.kinds(queries.facility_kinds())
    ended = [(held, held)] if held and held not in dict(kinds) else []
    return {"kinds": [*kinds, *ended], "units": units}


def _initial(one: FacilityView) -> dict[str, Any]:
    names = ("kind", "name", "ground", "lon", "lat", "installed_on", "keeper", "condition")
    return {name: getattr(one, name) for name in names}


def _place_initial(one: PlaceView) -> dict[str, Any]:
    names = ("name", "address", "ground", "lon", "lat", "services", "hours", "phone")
    return {name: getattr(one, name) for name in names}


def _services() -> list[tuple[str, str]]:
    return shown.kinds(queries.place_services())


def _kind_form(data: Any = None, **given: Any) -> KindForm:
    en = (get_language() or "zh").startswith("en")
    grids = [(one.code, one.en if en else one.zh) for one in queries.grid_kinds()]
    return KindForm(data, classes=choices.classes(), grid_kinds=grids, **given)


def _kind_line(one: FacilityKindView, form: KindForm | None) -> dict[str, Any]:
    """A kind with its form: the one that was filled in wrongly, or a fresh one."""
    mine = form is not None and form.data.get("code") == one.code
    initial = {
        **{name: getattr(one, name) for name in ("code", "zh", "en", "basis", "inspect_days", "class_code")},
        **{f"need-{kind}": least for kind, least in one.needs.items()},
    }
    fresh = _kind_form(initial=initial, auto_id=f"id_{one.code}_%s")
    title = dict(shown.kinds([one]))[one.code]
    return {"kind": one, "title": title, "open": mine, "form": form if mine else fresh}
