"""Views of one's own: this list's address kept, or no longer."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gantang.desk import ownviews
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.identity import service as identity


@require_POST
@staffed
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the list at `address` among one's own views; with `drop` keep it no longer."""
    address = ownviews.address_of(dict(parse_qsl(request.POST.get("address", ""))))
    if request.POST.get("drop"):
        identity.drop_view(actor=actor_of(request), address=address)
        messages.success(request, _("不再存这个视图。"))
    elif address:
        identity.keep_view(actor=actor_of(request), address=address)
        messages.success(request, _("视图存好了，左边随时能点开。"))
    return redirect(f"{reverse('desk:queue')}?{address}")
