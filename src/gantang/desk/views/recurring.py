"""Recurring causes by place: a page and a workbook; a post opens a rectification item."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.desk import balances, causing, countforms, rectifying
from gantang.desk import recurring as shown
from gantang.desk.guard import frame, staffed
from gantang.desk.views.matter import show
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, GantangError, InvalidError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Causes


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def causes(request: HttpRequest) -> HttpResponse:
    """What comes back where; whoever sees no whole ground is told so. A post opens a list for one line."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    offered = balances.grounds(actor)
    found = _found(request, actor, offered) if offered else None
    error: GantangError | None = None
    if request.method == "POST":
        try:
            return _opened(request, actor, found)
        except InvalidError as one:
            error = one
    context: dict[str, Any] = {
        **frame(request, "monthly"),
        "grounds": offered,
        "urbans": countforms.URBAN.items(),
        "found": found,
        "key": secrets.token_urlsafe(16),
        "problem": problem(error) if error else None,
        **(_tables(actor, found) if found else {}),
    }
    return render(request, "desk/causes.html", context, status=error.status if error else 200)


def _tables(actor: Actor, found: Causes) -> dict[str, Any]:
    again, rows = shown.again(actor, found), shown.rows(found)
    return {
        "again": again,
        "heads": shown.heads(found),
        "rows": rows,
        "may_open": any(one.key for one in again),
    }


def _opened(request: HttpRequest, actor: Actor, found: Causes | None) -> HttpResponse:
    """A list of one item, on the form that opens the item. Errors: ForbiddenError."""
    one = shown.chosen(found, request.POST.get("line", "")) if found else None
    if found is None or one is None or not rectifying.may_open(actor, one.ground):
        raise ForbiddenError
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    receipt = rectifying.open_list(actor, found, one, key=f"{key}/{one.ground}/{one.cause}", now=clock.now())
    messages.success(request, _("清单拟好了，写上目标和期限再下达。"))
    return redirect(reverse("desk:move", args=[receipt.number, rectifying.ISSUE]) + "?recurring=1")


@never_cache
@require_safe
@staffed
def workbook(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a workbook. Errors: ForbiddenError."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _found(request, actor, balances.grounds(actor))
    name = f"{_('反复起因')}-{found.ground}-{found.since:%Y%m%d}-{found.until:%Y%m%d}.xlsx"
    return countforms.workbook(name, shown.heads(found), shown.table(found), sheet=_("反复起因"))


def _found(request: HttpRequest, actor: Actor, offered: list[tuple[str, str]]) -> Causes:
    given = request.GET
    ground = given.get("ground", "")[:15] or (offered[0][0] if offered else "")
    since, until = shown.period(given.get("since", ""), given.get("until", ""), clock.now().date())
    urban = countforms.urban_of(given.get("urban", ""))
    return queries.causes(actor, ground=ground, since=since, until=until, urban=urban)


@require_POST
@staffed
def give(request: HttpRequest, number: str) -> HttpResponse:
    """Put a matter's cause in, also after its end."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = queries.get(actor, number, now=now)
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    cause = request.POST.get(causing.NAME, "")[:64]
    try:
        matters.give_cause(actor=actor, matter=found.id, cause=cause, key=key, now=now)
    except GantangError as error:
        return show(request, number, error=error)
    messages.success(request, _("起因记下了。"))
    return redirect("desk:matter", number=number)
