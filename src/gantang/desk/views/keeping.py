"""What is kept how long, what was removed and what is next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import keeping as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.kit import clock
from gantang.kit.errors import ForbiddenError


@never_cache
@require_safe
@staffed
def keeping(request: HttpRequest) -> HttpResponse:
    """For whoever administers or watches over it. Errors: ForbiddenError."""
    actor = actor_of(request)
    if not shown.may_see(actor):
        raise ForbiddenError
    return render(
        request, "desk/keeping.html", {**frame(request, "keeping"), **shown.shown(actor, clock.now())}
    )
