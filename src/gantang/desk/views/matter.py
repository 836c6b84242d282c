"""The page of one matter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import chained
from gantang.desk.guard import frame, staffed
from gantang.desk.pages import page_of
from gantang.desk.people import Opened
from gantang.faces.errors import problem
from gantang.kit import clock, live
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.work import reading
from gantang.matters import queries


@never_cache
@require_safe
@staffed
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """The matter with its story. A number out of sight answers as one that does not exist."""
    return show(request, number)


def show(
    request: HttpRequest,
    number: str,
    *,
    doing: dict[str, Any] | None = None,
    correcting: dict[str, Any] | None = None,
    opened: Opened | None = None,
    error: GantangError | None = None,
    said: str = "",
) -> HttpResponse:
    """The page, with the form of a move, an opened field or an error on it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    with reading(actor):  # one transaction for all of the page
        found = queries.get(actor, number, now=now)
        page = page_of(actor, found, now=now, opened=opened, whole=request.GET.get("story") == "all")
    context = {
        **frame(request),
        "matter": found,
        "page": page,
        "doing": doing,
        "correcting": correcting,
        "said": said,
        "problem": problem(error) if error else None,
        "live": live.address(request),
    }
    return render(request, "desk/matter.html", context, status=error.status if error else 200)


@never_cache
@require_safe
@staffed
def chain(request: HttpRequest, number: str) -> HttpResponse:
    """The matter's ledger, step by step, verified as it is read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get(actor, number, now=clock.now())
    context = {**frame(request), "matter": found, **chained.shown(actor, found)}
    return render(request, "desk/chain.html", context)
