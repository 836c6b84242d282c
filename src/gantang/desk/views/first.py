"""The first steps of whoever signs in for the first time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import firststeps
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.identity import service as identity
from gantang.kit import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def first(request: HttpRequest) -> HttpResponse:
    """Five things to try, by what the post mainly does; a post puts them aside, whichever device it is."""
    actor = actor_of(request)
    if request.method == "POST":
        identity.welcomed(actor=actor, now=clock.now())
        return redirect("desk:queue")
    role = firststeps.role_of(actor)
    shown = {"role": firststeps.WORDS[role], "steps": firststeps.STEPS[role]}
    return render(request, "desk/first.html", {**frame(request, "me"), **shown})
