"""Public notices at the desk: published by whoever answers for the matter, comments read, outcome told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.receptionforms import NoticeForm, SummaryForm
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.posts import queries as posts
from gantang.reception import queries, service
from gantang.reception.errors import NotHolderError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of one's own ground, and a new one."""
    actor, now = actor_of(request), clock.now()
    form = NoticeForm(request.POST if request.method == "POST" else None)
    error: GantangError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = service.publish_notice(actor=actor, notice=form.notice(), now=now)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("公示发出了。"))
            return redirect("desk:notice", made)
    home = posts.unit(actor.unit).ground if actor.unit is not None else ""
    context = {
        **frame(request, "notices"),
        "lines": [(one, one.until > now) for one in queries.notices(now=now, ground=home)],
        "form": form,
        "open": request.method == "POST",
        "problem": problem(error) if error else None,
    }
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, "desk/notices.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def notice(request: HttpRequest, notice: UUID) -> HttpResponse:
    """A notice with its comments; ``act`` says what came of them, or takes it back."""
    actor, now = actor_of(request), clock.now()
    one = queries.notice(notice)
    if not queries.may_read(actor, one, now=now):
        raise NotHolderError
    form = SummaryForm(request.POST if request.POST.get("act") == "sum" else None)
    error: GantangError | None = None
    try:
        if _done(request, notice, form):
            messages.success(request, _("存好了。"))
            return redirect("desk:notices")
    except GantangError as refused:
        error = refused
    context = {
        **frame(request, "notices"),
        "notice": one,
        "over": one.until <= now,
        "comments": queries.comments(actor, notice, now=now),
        "form": form,
        "problem": problem(error) if error else None,
    }
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, "desk/notice.html", context, status=status)


def _done(request: HttpRequest, notice: UUID, form: SummaryForm) -> bool:
    actor, now, act = actor_of(request), clock.now(), request.POST.get("act")
    if act == "withdraw":
        service.withdraw_notice(actor=actor, notice=notice, now=now)
        return True
    if act == "sum" and form.is_valid():
        service.sum_up(actor=actor, notice=notice, summary=form.cleaned_data["summary"], now=now)
        return True
    return False
