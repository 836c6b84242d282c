"""Outages and slots, for whoever administers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.catalogue import queries as catalogue
from gantang.catalogue import service
from gantang.catalogue.types import LegalPeriod, Slot
from gantang.desk import slots as shown
from gantang.desk.admin import actor_of, administered, check_ground, own_grounds
from gantang.desk.adminforms import OutageForm, SlotForm
from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import queries as matters
from gantang.matters import service as work


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def outages(request: HttpRequest) -> HttpResponse:
    """Enter an outage; those entered before, with what they moved."""
    choices = own_grounds(actor_of(request))
    form = OutageForm(request.POST if request.method == "POST" else None, grounds=choices)
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request, form)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("登记了，后台正在停表。"))
            return redirect("desk:outages")
    context = {
        **frame(request, "outages"),
        "form": form,
        "outages": _outages(dict(choices)),
        "problem": problem(error) if error else None,
    }
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, "desk/outages.html", context, status=status)


def _enter(request: HttpRequest, form: OutageForm) -> None:
    actor, ground = actor_of(request), form.cleaned_data["ground"]
    check_ground(actor, ground)
    work.enter_outage(
        actor=actor,
        ground=ground,
        since=form.moment("since"),
        until=form.moment("until"),
        reason=form.cleaned_data["reason"],
        now=clock.now(),
    )


def _outages(names: dict[str, str]) -> list[dict[str, Any]]:
    words = {code: str(word) for code, word in OutageForm.base_fields["reason"].choices}  # type: ignore[attr-defined]
    return [
        {"sweep": one, "where": names[one.ground].strip(), "reason": words.get(one.reason, one.reason)}
        for one in matters.sweeps(kind="outage")
        if one.ground in names
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def slots(request: HttpRequest) -> HttpResponse:
    """What waits to be filled in, and what was filled in."""
    form: SlotForm | None = None
    error: GantangError | None = None
    if request.method == "POST":
        form = SlotForm(request.POST)
        if form.is_valid():
            try:
                _fill(request, form)
            except GantangError as one:
                error = one
            else:
                messages.success(request, _("填好了，旧值留着底。"))
                return redirect("desk:slots")
    context = {
        **frame(request, "slots"),
        "slots": shown.lines(form),
        "periods": [_period(one) for one in catalogue.unfilled() if isinstance(one, LegalPeriod)],
        "problem": problem(error) if error else None,
    }
    status = error.status if error else 422 if form else 200
    return render(request, "desk/slots.html", context, status=status)


def _fill(request: HttpRequest, form: SlotForm) -> None:
    given = form.cleaned_data
    slot: Slot | None = catalogue.slot(given["code"])
    service.set_slot(
        actor=actor_of(request),
        code=given["code"],
        value=shown.value_of(slot.form if slot else "text", given["value"]),
        source=given["source"],
        valid_from=given["valid_from"],
        now=clock.now(),
    )


def _period(one: LegalPeriod) -> str:
    return one.title.of(get_language() or "zh-hans")
