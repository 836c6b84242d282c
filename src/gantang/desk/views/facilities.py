"""Facilities at the desk: the list of one's ground, one of them, a look at it, a fault reported."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gantang.desk import facilities as shown
from gantang.desk.admin import actor_of
from gantang.desk.assetforms import InspectForm, ReportForm
from gantang.desk.guard import frame, staffed
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import service as matters
from gantang.matters.types import Report
from gantang.posts import queries as posts
from gantang.territory import queries, service
from gantang.territory.types import FacilityView

#: Where a fault comes from that somebody found on the spot.
CHANNEL = "patrol"


@never_cache
@require_safe
@staffed
def facilities(request: HttpRequest) -> HttpResponse:
    """The facilities on the grounds of one's post, narrowed."""
    given = {name: request.GET.get(name, "") for name in ("ground", "kind", "condition")}
    asked = shown.Asked(**given, due=bool(request.GET.get("due")))
    page = shown.listed(actor_of(request), asked, request.GET.get("cursor") or None, today=clock.now().date())
    return render(request, "desk/facilities.html", {**frame(request, "facilities"), "page": page})


@never_cache
@require_safe
@staffed
def coverage(request: HttpRequest) -> HttpResponse:
    """Which grids have fewer working facilities than the rules ask for."""
    within = posts.grounds_of(actor_of(request))
    page = shown.coverage(within, request.GET.get("ground", ""), today=clock.now().date())
    return render(request, "desk/facility_coverage.html", {**frame(request, "facilities"), "page": page})


@never_cache
@require_safe
@staffed
def facility(request: HttpRequest, facility: UUID) -> HttpResponse:
    """One facility: how it is, the looks at it, the matters about it."""
    return _page(request, found(request, facility))


@never_cache
@require_POST
@staffed
def inspect(request: HttpRequest, facility: UUID) -> HttpResponse:
    """Write down a look."""
    one = found(request, facility)
    form = InspectForm(request.POST, faults=shown.faults())
    if not form.is_valid():
        return _page(request, one, inspecting=form, status=422)
    given = form.cleaned_data
    try:
        service.inspect_facility(
            actor=actor_of(request),
            facility=one.id,
            on=given["on"],
            condition=given["condition"],
            faults=given["faults"],
            key=given["key"] or secrets.token_urlsafe(16),
            now=clock.now(),
        )
    except GantangError as error:
        return _page(request, one, inspecting=form, error=error, status=error.status)
    messages.success(request, _("记下了。"))
    return redirect("desk:facility", one.id)


@never_cache
@require_POST
@staffed
def report(request: HttpRequest, facility: UUID) -> HttpResponse:
    """A fault becomes a matter about this facility, where it stands."""
    one = found(request, facility)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, one, reporting=form, status=422)
    told = Report(
        words=form.cleaned_data["words"],
        channel=CHANNEL,
        class_code=class_of(one.kind),
        place=f"{one.name}（{one.code}）",
        anonymous=True,
        on_behalf=True,
        facility=one.id,
    )
    key = form.cleaned_data["key"] or secrets.token_urlsafe(16)
    try:
        receipt = matters.intake(actor=actor_of(request), report=told, key=key, now=clock.now())
    except GantangError as error:
        return _page(request, one, reporting=form, error=error, status=error.status)
    messages.success(request, _("报修了，编号%(number)s。") % {"number": receipt.number})
    return redirect("desk:facility", one.id)


def class_of(kind: str) -> str:
    """The class of a matter about a kind of facility; none leaves it to the desk."""
    return next((one.class_code for one in queries.facility_kinds() if one.code == kind), "")


def found(request: HttpRequest, facility: UUID) -> FacilityView:
    """A facility on one's own ground. Errors: FacilityMissingError."""
    return queries.facility(facility, posts.grounds_of(actor_of(request)))


def _page(
    request: HttpRequest,
    one: FacilityView,
    *,
    inspecting: InspectForm | None = None,
    reporting: ReportForm | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    initial: dict[str, Any] = {"on": now.date(), "condition": one.condition}
    context = {
        **frame(request, "facilities"),
        "page": shown.page_of(actor_of(request), one, today=now.date(), now=now),
        "inspecting": inspecting or InspectForm(initial=initial, faults=shown.faults()),
        "reporting": reporting or ReportForm(),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/facility.html", context, status=status)
