"""Receivers of news outside for whoever administers: added, tried, paused, given a new secret, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import receivers as shown
from gantang.desk.admin import actor_of, administered, check_ground
from gantang.desk.guard import frame
from gantang.desk.overlap import HOURS, overlap_of
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.outbox import service as outbox
from gantang.outbox.types import Receiver


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def receivers(request: HttpRequest) -> HttpResponse:
    """The receivers of the own ground; a post adds one or does something to one. A secret stands on this one
    answer alone."""
    if request.method != "POST":
        return _page(request)
    act = request.POST.get("act", "")
    form = shown.form_of(actor_of(request), request.POST) if act == "add" else None
    if form is not None and not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        given = _added(request, form) if form else _done(request, act)
    except GantangError as error:
        return _page(request, form=form, error=error, status=error.status)
    return _page(request, given=given) if given else redirect("desk:receivers")


def _added(request: HttpRequest, form: shown.ReceiverForm) -> dict[str, Any]:
    """Errors: NotYoursError, WebhookRefusedError."""
    actor, given = actor_of(request), form.cleaned_data
    check_ground(actor, given["ground"])
    number, secret = outbox.order_webhook(
        actor=actor,
        address=given["address"],
        kinds=given["kinds"],
        ground=given["ground"],
        basis=given["basis"],
        now=clock.now(),
    )
    return {"number": number, "secret": secret}


def _done(request: HttpRequest, act: str) -> dict[str, Any] | None:
    """Errors: NotFoundError, WebhookNotFoundError, WebhookPausedError."""
    actor, now = actor_of(request), clock.now()
    one = shown.of_ours(actor, request.POST.get("receiver", ""))
    if act == "rotate":
        return _rotated(request, one)
    if act == "test":
        outbox.try_webhook(actor=actor, id=one.id, now=now)
        messages.success(request, _("试送的一条出去了，过几秒刷新看结果。"))
    elif act == "pause":
        outbox.pause_webhook(actor=actor, id=one.id, now=now)
        messages.success(request, _("暂停了。以后的消息留着，恢复后按次序送。"))
    elif act == "resume":
        outbox.resume_webhook(actor=actor, id=one.id)
        messages.success(request, _("恢复了，留着的消息正在送。"))
    elif act == "end":
        outbox.end_webhook(actor=actor, id=one.id, now=now)
        messages.success(request, _("停止了，不能再恢复。"))
    return None


def _rotated(request: HttpRequest, one: Receiver) -> dict[str, Any]:
    overlap = overlap_of(request.POST)
    secret = outbox.rotate_webhook(actor=actor_of(request), id=one.id, now=clock.now(), overlap=overlap)
    return {"number": one.id, "secret": secret}


def _page(
    request: HttpRequest,
    *,
    form: shown.ReceiverForm | None = None,
    given: dict[str, Any] | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        **frame(request, "receivers"),
        "lines": shown.lines(actor),
        "form": form or shown.form_of(actor),
        "hours": HOURS,
        "given": given,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/receivers.html", context, status=status)
