"""How far learning has come: 法律明白人 by ground, lectures and visits by month, training by post."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk.admin import actor_of, home_of
from gantang.desk.guard import frame, staffed
from gantang.desk.learningforms import KINDS, EventForm, HouseholdsForm, TrainingForm
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.learning import queries, service
from gantang.posts import queries as posts
from gantang.posts.types import UnitView
from gantang.territory import queries as territory


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def coverage(request: HttpRequest) -> HttpResponse:
    """The own ground, or a part of it, and those right below; a post declares a village's households."""
    actor, today = actor_of(request), clock.now().date()
    form = HouseholdsForm(request.POST if request.method == "POST" else None, initial={"on": today})
    error = _try(request, form, lambda: service.declare(actor=actor, **form.cleaned_data, now=clock.now()))
    if request.method == "POST" and error is None and form.is_valid():
        return redirect("desk:literacy")
    top, *below = queries.coverage(actor, request.GET.get("ground", "")[:12], on=today)
    context = {"top": top, "below": below, "target": queries.target(today)}
    return _page(request, "desk/literacy.html", form, error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def events(request: HttpRequest) -> HttpResponse:
    """The events of a year on the own ground, by month too; a post enters one, or takes one back."""
    actor = actor_of(request)
    takes_back = request.POST.get("act") == "withdraw"
    form = EventForm(
        request.POST if request.method == "POST" and not takes_back else None, initial=_here(request)
    )
    error = _try(request, None if takes_back else form, lambda: _entered(request, form, takes_back))
    if request.method == "POST" and error is None and (takes_back or form.is_valid()):
        return redirect("desk:events")
    year = _year(request)
    found = queries.events(actor, year=year)
    names, kinds = territory.names({one.event.ground for one in found}), dict(KINDS)
    context = {
        "year": year,
        "lines": [
            (one.id, one.event, kinds[one.event.kind], names.get(one.event.ground, one.event.ground))
            for one in found
        ],
        "months": [(one, kinds[one.kind]) for one in queries.months(actor, year=year)],
    }
    return _page(request, "desk/events.html", form, error, **context)


def _entered(request: HttpRequest, form: EventForm, takes_back: bool) -> None:
    actor, now = actor_of(request), clock.now()
    if takes_back:
        service.withdraw_event(actor=actor, event=_id(request.POST.get("event", "")), now=now)
    else:
        service.hold_event(actor=actor, **form.event(), now=now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def training(request: HttpRequest) -> HttpResponse:
    """The posts of a unit with their hours of a year, in the order of the posts; whoever administers declares
    some."""
    actor, today = actor_of(request), clock.now().date()
    asked = request.GET.get("unit", "")
    unit = int(asked) if asked.isdecimal() and len(asked) < 18 else actor.unit or 0
    lines = queries.training(actor, unit, year=_year(request), on=today)
    given = request.POST if request.method == "POST" else None
    choices = [(one.post, one.title) for one in lines if one.held]
    form = TrainingForm(given, posts=choices, initial={"on": today})
    error = _try(
        request, form, lambda: service.declare_training(actor=actor, **form.training(), now=clock.now())
    )
    if request.method == "POST" and error is None and form.is_valid():
        return redirect(f"{request.path}?unit={unit}")
    shown = posts.unit(unit)
    context = {
        "year": _year(request),
        "unit": shown,
        "lines": lines,
        "units": _units(actor, shown, today) if actor.admin else [],
    }
    return _page(request, "desk/training.html", form, error, **context)


def _units(actor: Actor, shown: UnitView, today: date) -> list[UnitView]:
    """The own unit, the one that is shown, and those on its ground down to the next level."""
    below = posts.units(shown.ground, on=today, level=shown.level + 1)
    beside = posts.units(shown.ground, on=today, level=shown.level)
    found = {one.id: one for one in (home_of(actor), shown, *beside, *below)}
    return list(found.values())


def _try(request: HttpRequest, form: forms.Form | None, act: Any) -> GantangError | None:
    """Do what was sent where the form holds; the error that came of it."""
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return None
    try:
        act()
    except GantangError as error:
        return error
    messages.success(request, _("存好了。"))
    return None


def _page(
    request: HttpRequest, template: str, form: forms.Form, error: GantangError | None, **more: Any
) -> HttpResponse:
    context = {
        **frame(request, "learning"),
        "form": form,
        "problem": problem(error) if error else None,
        **more,
    }
    context["open"] = request.method == "POST"
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)


def _here(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {"on": clock.now().date(), "ground": posts.unit(actor.unit).ground if actor.unit else ""}


def _year(request: HttpRequest) -> int:
    """The one that is asked for in four digits, else this one."""
    asked = request.GET.get("year", "")
    return int(asked) if re.fullmatch(r"2\d{3}", asked, re.ASCII) else clock.now().year


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
