"""The ledger's page: checkpoints, a verification asked for, how far it is and what it found."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import ledgers as shown
from gantang.desk.admin import actor_of, administered
from gantang.desk.guard import frame
from gantang.kit import clock
from gantang.ledger import service


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def ledger(request: HttpRequest) -> HttpResponse:
    """How the ledger stands; a post has the worker verify all of it that the post administers."""
    actor = actor_of(request)
    if request.method == "POST":
        key = request.POST.get("key", "") or secrets.token_urlsafe(16)
        service.order_verification(actor=actor, city=shown.city_of(actor), key=key, now=clock.now())
        messages.success(request, _("排上了，后台马上开始核验。"))
        return redirect("desk:ledger")
    context = {**frame(request, "ledger"), **shown.shown(actor), "key": secrets.token_urlsafe(16)}
    return render(request, "desk/ledger.html", context)
