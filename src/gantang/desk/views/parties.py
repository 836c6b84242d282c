"""Parties: entering one, and writing down what one says of taking part."""

import secrets
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import parties
from gantang.desk.guard import frame, staffed
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError, NotFoundError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import MatterView


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def add(request: HttpRequest, number: str) -> HttpResponse:
    """The form of a party; a post enters it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get(actor, number, now=clock.now())
    form = parties.PartyForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _shown(request, found, form, _("登记当事人"))
    try:
        matters.add_party(
            actor=actor,
            matter=found.id,
            contact=form.contact(),
            side=form.cleaned_data["side"],
            minor=form.cleaned_data["minor"],
            key=_key(form),
            now=clock.now(),
        )
    except GantangError as error:
        return _shown(request, found, form, _("登记当事人"), error)
    messages.success(request, _("登记好了。"))
    return redirect("desk:matter", number=number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def willing(request: HttpRequest, number: str, person: int) -> HttpResponse:
    """What a person says of taking part; what it said before is replaced, and stays in the story."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get(actor, number, now=clock.now())
    if person not in {one.no for one in queries.people(actor, found.id)}:
        raise NotFoundError
    files = parties.files_of(queries.attachments(actor, found.id))
    form = parties.WillingForm(request.POST if request.method == "POST" else None, files=files)
    title = _("是否愿意参加调解")
    if not form.is_valid():
        return _shown(request, found, form, title)
    given = form.cleaned_data
    try:
        matters.say_willing(
            actor=actor,
            matter=found.id,
            person=person,
            willing=given["said"] == "yes",
            evidence=given["evidence"],
            attachment=UUID(given["attachment"]) if given["attachment"] else None,
            key=_key(form),
            now=clock.now(),
        )
    except GantangError as error:
        return _shown(request, found, form, title, error)
    messages.success(request, _("记下了。"))
    return redirect("desk:matter", number=number)


def _shown(
    request: HttpRequest, found: MatterView, form: forms.Form, title: str, error: GantangError | None = None
) -> HttpResponse:
    told = problem(error) if error else None
    context = {**frame(request), "matter": found, "form": form, "title": title, "problem": told}
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "desk/party.html", context, status=status)


def _key(form: forms.Form) -> str:
    return form.cleaned_data.get("key") or secrets.token_urlsafe(16)
