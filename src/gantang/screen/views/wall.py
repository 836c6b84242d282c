"""The wall: one page for every level, and the part of it that is asked for again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.kit import clock, replica
from gantang.kit.work import reading
from gantang.screen.guard import actor_of, staffed
from gantang.screen.measures import asked
from gantang.screen.sight import seen
from gantang.screen.wall import REFRESH, TURN, picture


@never_cache
@require_safe
@staffed
def wall(request: HttpRequest) -> HttpResponse:
    """The wall of a ground: counts, drilled from province to grid; asks for itself again every minute."""
    context = _picture(request) | {"refresh": REFRESH, "turn": TURN}
    return render(request, "screen/wall.html", context)


@never_cache
@require_safe
@staffed
def fresh(request: HttpRequest) -> HttpResponse:
    """The middle of the wall alone, as it is now."""
    return render(request, "screen/parts/wall.html", _picture(request))


def _picture(request: HttpRequest) -> dict[str, Any]:
    actor, now = actor_of(request), clock.now()
    found = seen(actor, request.GET.get("ground", ""))
    with replica.aside(), reading(actor):
        return picture(actor, found, asked(request.GET, now.date()), now)
