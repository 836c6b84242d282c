"""One's own shifts of the patrol, for a phone and for a calendar; and what was served."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import patrol as shown
from gantang.desk import patrolown
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.patrolacts import done, order_acts, page
from gantang.kit import clock
from gantang.patrol import queries


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def mine(request: HttpRequest) -> HttpResponse:
    """The shifts to come of one's own post, with the orders to them; an order is heard, and done."""
    acts = order_acts(request)
    error = done(request, acts, {})
    if request.method == "POST" and error is None and request.POST.get("act") in acts:
        return redirect("desk:patrol-mine")
    lines = patrolown.lines(actor_of(request), clock.now())
    return page(request, "desk/patrol_mine.html", error, lines=lines)


@never_cache
@require_safe
@staffed
def calendar(request: HttpRequest) -> HttpResponse:
    """The shifts to come of one's own post, for any calendar."""
    actor = actor_of(request)
    text = queries.calendar(actor, shown.Names(actor).of, now=clock.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="patrol.ics"'
    return answer


@never_cache
@require_safe
@staffed
def history(request: HttpRequest) -> HttpResponse:
    """Shifts that are over, the newest first, and how the water stood."""
    until = _day(request.GET.get("until", ""))
    found = queries.past(
        actor_of(request), now=clock.now(), until=until, cursor=request.GET.get("after") or None
    )
    context: dict[str, Any] = {
        "lines": patrolown.past_lines(actor_of(request), found.items),
        "next": found.next,
        "until": until,
        "levels": patrolown.levels(actor_of(request)),
    }
    return page(request, "desk/patrol_history.html", None, **context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
