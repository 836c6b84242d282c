"""Services of the centres: where they are, when they are open, what they do and what to bring."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gantang.faces.errors import told
from gantang.kit import clock
from gantang.portal import centres
from gantang.reception import queries


@require_safe
@told
def services(request: HttpRequest) -> HttpResponse:
    """The directory; ``ground`` narrows it."""
    now, ground = clock.now(), request.GET.get("ground", "")[:12]
    ground = ground if ground.isascii() and ground.isdigit() else ""
    return render(request, "portal/services.html", {"now": now, **centres.listed(ground, now)})


@require_safe
@told
def centre(request: HttpRequest, centre: int) -> HttpResponse:
    """One centre."""
    now, one = clock.now(), queries.listing(centre)
    return render(request, "portal/centre.html", {"now": now, "centre": one, **centres.page_of(one, now)})
