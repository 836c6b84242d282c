"""The first page, and the switch to 长辈版 and back."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from gantang.kit import clock
from gantang.portal import elder, hotline


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    now = clock.now()
    number = hotline.number(now.date()) if elder.is_on(request) else ""
    return render(request, "portal/home.html", {"now": now, "hotline": number})


@require_POST
def larger(request: HttpRequest) -> HttpResponse:
    """Turn 长辈版 on or off and show the same page again."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("portal:home")
    response = HttpResponseRedirect(back)
    elder.put(response, on=request.POST.get("on") == "yes")
    return response
