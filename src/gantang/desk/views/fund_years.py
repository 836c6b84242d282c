"""A line of a good samaritans' fund, decided or taken back; its years, closed and published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import fundlines as shown
from gantang.desk.admin import actor_of
from gantang.desk.fundforms import ReversalForm
from gantang.desk.fundpages import head, page
from gantang.desk.guard import staffed
from gantang.fund import errors, queries, service
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def entry(request: HttpRequest, fund: int, entry: UUID) -> HttpResponse:
    """One line: who entered and decided it; another approves or refuses it, a keeper takes it back."""
    actor, now, act = actor_of(request), clock.now(), request.POST.get("act", "")
    form = ReversalForm(request.POST if act == "reverse" else None, initial={"on": now.date()})
    error: GantangError | None = None
    if request.method == "POST":
        try:
            if _done(actor, entry, act, form):
                messages.success(request, _("存好了。"))
                return redirect("desk:fund", fund)
        except GantangError as refused:
            error = refused
    home, one = queries.entry(actor, entry)
    if home != fund:
        raise errors.NoEntryError
    rights = queries.rights(actor, fund)
    context = {
        **head(queries.fund(actor, fund), rights),
        "line": shown.lines([one])[0],
        "people": shown.people(one),
        "whys": shown.whys(actor, rights, one),
        "form": form,
    }
    return page(request, "desk/fund_entry.html", error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def years(request: HttpRequest, fund: int) -> HttpResponse:
    """The years with income and use by kind; one is closed by two people, and published."""
    actor, now = actor_of(request), clock.now()
    error: GantangError | None = None
    if request.method == "POST":
        try:
            if _year_done(actor, fund, request.POST.get("act", ""), request.POST.get("year", "")):
                messages.success(request, _("存好了。"))
                return redirect("desk:fund_years", fund)
        except GantangError as refused:
            error = refused
    rights = queries.rights(actor, fund)
    found = queries.years(actor, fund, now=now)
    context = {
        **head(queries.fund(actor, fund), rights),
        "lines": shown.years(found, actor, rights, today=now.date()),
    }
    return page(request, "desk/fund_years.html", error, **context)


def _done(actor: Actor, entry: UUID, act: str, form: ReversalForm) -> bool:
    now = clock.now()
    if act in ("approve", "refuse"):
        service.decide(actor=actor, entry=entry, upheld=act == "approve", now=now)
        return True
    if act != "reverse" or not form.is_valid():
        return False
    given = form.cleaned_data
    service.reverse(
        actor=actor, entry=entry, on=given["on"], basis=given["basis"], key=form.sent_key(), now=now
    )
    return True


def _year_done(actor: Actor, fund: int, act: str, written: str) -> bool:
    number = int(written) if written.isascii() and written.isdigit() and len(written) == 4 else 0
    given: dict[str, Any] = {"actor": actor, "fund": fund, "year": number, "now": clock.now()}
    if act == "ask":
        service.ask_close(**given)
    elif act in ("close", "refuse"):
        service.decide_close(**given, upheld=act == "close")
    elif act == "publish":
        service.publish(**given)
    else:
        return False
    return True
