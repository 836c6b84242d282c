"""The first steps of whoever signs in for the first time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import firststeps
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def first(request: HttpRequest) -> HttpResponse:
    """Five things to try, by what the post mainly does; a post leaves them and goes to the queue."""
    actor = actor_of(request)
    role = firststeps.role_of(actor)
    if request.method == "POST":
        response: HttpResponse = redirect("desk:queue")
    else:
        shown = {"role": firststeps.WORDS[role], "steps": firststeps.STEPS[role]}
        response = render(request, "desk/first.html", {**frame(request, "me"), **shown})
    firststeps.seen(request, response, actor.account)
    return response
