"""Who saw what: of one matter, and of a unit in a span of days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import looks as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.kit import clock
from gantang.kit.errors import ForbiddenError
from gantang.matters import queries


@never_cache
@require_safe
@staffed
def of_matter(request: HttpRequest, number: str) -> HttpResponse:
    """Every opening of a matter in sight, the newest first."""
    actor = actor_of(request)
    found = queries.get(actor, number, now=clock.now())
    page = shown.of_matter(actor, found, request.GET.get("before", ""))
    return render(request, "desk/matter_looks.html", {**frame(request), "matter": found, **page})


@never_cache
@require_safe
@staffed
def of_unit(request: HttpRequest) -> HttpResponse:
    """What a unit's posts looked at, for whoever administers it or watches over it. Errors:
    ForbiddenError."""
    actor = actor_of(request)
    if not shown.watched(actor):
        raise ForbiddenError
    page = shown.of_unit(actor, request.GET)
    if request.GET.get("unit") and page["unit"] is None:
        raise ForbiddenError
    return render(request, "desk/looks.html", {**frame(request, "looks"), **page})
