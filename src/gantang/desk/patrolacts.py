"""What the pages of the patrol share: what was sent is done where its form holds, and the page told."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gantang.desk.admin import actor_of
from gantang.desk.guard import frame
from gantang.desk.patrol import number_of
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.patrol import service

#: What each act of a page does, and the forms that some of them have.
Acts = dict[str, Callable[[], object]]
Forms = Mapping[str, forms.Form]


def sent(request: HttpRequest, act: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("act") == act else None


def fits(request: HttpRequest, acts: Acts, found: Forms) -> bool:
    act = request.POST.get("act", "")
    return act in acts and (act not in found or found[act].is_valid())


def done(request: HttpRequest, acts: Acts, found: Forms) -> GantangError | None:
    """Do what was sent where its form holds; the error that came of it."""
    if request.method != "POST" or not fits(request, acts, found):
        return None
    try:
        acts[request.POST["act"]]()
    except GantangError as error:
        return error
    messages.success(request, _("存好了。"))
    return None


def page(request: HttpRequest, template: str, error: GantangError | None, **more: Any) -> HttpResponse:
    context = {
        **frame(request, "patrol"),
        **more,
        "problem": problem(error) if error else None,
        "act": request.POST.get("act", ""),
    }
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)


def order_acts(request: HttpRequest) -> Acts:
    """What a crew and the command do about an order."""
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    order = number_of(request.POST.get("order", ""))
    return {
        "hear": lambda: service.hear(order=order, **given),
        "done": lambda: service.report_done(order=order, **given),
        "take_back": lambda: service.take_back(order=order, **given),
    }
