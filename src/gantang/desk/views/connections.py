"""Connections for whoever administers: what flows, what was given up, and another try."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import connections as shown
from gantang.desk.admin import actor_of, administered
from gantang.desk.guard import frame
from gantang.kit import clock, trouble
from gantang.outbox import service as outbox


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def connections(request: HttpRequest) -> HttpResponse:
    """How each destination stands; a post tries what was chosen again, or gives it up for good."""
    if request.method == "POST":
        messages.success(request, _done(request))
        return redirect("desk:connections")
    context = {**frame(request, "connections"), **shown.shown(actor_of(request))}
    return render(request, "desk/connections.html", context)


def _done(request: HttpRequest) -> str:
    actor, now, act = actor_of(request), clock.now(), request.POST.get("act", "")
    if act == "release":
        jobs = [int(one) for one in request.POST.getlist("job") if one.isdecimal()]
        return _("%(n)d项后台工作重新排上了。") % {"n": trouble.release(actor=actor, ids=jobs, now=now)}
    letters = [UUID(one) for one in request.POST.getlist("letter") if _is_id(one)]
    if act == "drop":
        return _("%(n)d件不再送了。") % {"n": outbox.drop(actor=actor, ids=letters, now=now)}
    return _("%(n)d件重新排上了，几秒内再送。") % {"n": outbox.resend(actor=actor, ids=letters, now=now)}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
