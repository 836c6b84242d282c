"""The board of a list: on the page, as a workbook, on paper."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import board as shown
from gantang.desk import countforms
from gantang.desk.guard import frame, staffed
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters import queries
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.types import Board, MatterView


@never_cache
@require_safe
@staffed
def board(request: HttpRequest, number: str) -> HttpResponse:
    """What a list opened and how far it is. What is no list has no board, as if it were not there."""
    found, made = _found(request, number)
    page = shown.shown(found, made, _show(request), now=clock.now())
    return render(request, "desk/board.html", {**frame(request), "matter": found, "page": page})


@never_cache
@require_safe
@staffed
def workbook(request: HttpRequest, number: str) -> StreamingHttpResponse:
    """The same as a workbook, narrowed as the page is."""
    found, made = _found(request, number)
    rows = shown.rows(made, _show(request), now=clock.now())
    name = f"{_('清单')}-{found.number}-{clock.now():%Y%m%d}.xlsx"
    return countforms.workbook(name, shown.heads(found, made), rows, sheet=_("清单"))


@never_cache
@require_safe
@staffed
def lists(request: HttpRequest) -> HttpResponse:
    """All lists in sight, each with how far it is; ``ended`` shows those that are over."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ended, before = request.GET.get("ended") == "yes", request.GET.get("before", "")
    page = shown.lists(actor, ended=ended, before=before, now=clock.now())
    return render(request, "desk/lists.html", {**frame(request, "lists"), **page})


def _found(request: HttpRequest, number: str) -> tuple[MatterView, Board]:
    """Errors: MatterNotFoundError, also for what is no list."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    with reading(actor):
        found = queries.get(actor, number, now=clock.now())
        made = queries.board(actor, found.id, now=clock.now())
    if made is None:
        raise MatterNotFoundError
    return found, made


def _show(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in shown.SHOWS else ""
