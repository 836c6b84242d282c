"""What changed since a page was drawn: asked for by the page itself while somebody is at it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.standing import counts, newest
from gantang.kit import clock
from gantang.kit.work import reading
from gantang.matters import queries


@never_cache
@require_safe
@staffed
def fresh(request: HttpRequest, number: str) -> HttpResponse:
    """204 while a matter stands as the page shows it (with `seen` steps); else the step that came last."""
    actor, now = actor_of(request), clock.now()
    with reading(actor):
        found = queries.get(actor, number, now=now)
        last = newest(actor, found, seen=request.GET.get("seen", ""))
    if last is None:
        return HttpResponse(status=204)
    return render(request, "desk/parts/fresh.html", {"now": now, "step": last, "matter": found})


@never_cache
@require_safe
@staffed
def counted(request: HttpRequest) -> JsonResponse:
    """How many matters each view holds, in one's own sight: exact up to a page, then with a plus."""
    return JsonResponse(counts(actor_of(request), now=clock.now()))
