"""Planned sessions: the unit's calendar, one's own as a file, and planning, moving and cancelling one."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import sessions
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.sessionforms import CancelForm, MovedForm, SessionForm, as_it_is, first, lists, wrong
from gantang.kit import clock
from gantang.kit.errors import GantangError, NotFoundError
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import MatterView, Planned, SessionView


@never_cache
@require_safe
@staffed
def calendar(request: HttpRequest) -> HttpResponse:
    """The unit's sessions by week or month; ``own`` narrows them to one's post."""
    by = "month" if request.GET.get("by") == "month" else "week"
    own, now = request.GET.get("own") == "yes", clock.now()
    span = sessions.span_of(_day(request.GET.get("on", "")), by)
    found = sessions.days(actor_of(request), span, own=own, now=now)
    context = {
        **frame(request, "sessions"),
        "span": span,
        "own": own,
        "days": found,
        "many": sum(len(one.lines) for one in found if one.is_in),
    }
    return render(request, "desk/sessions.html", context)


@never_cache
@require_safe
@staffed
def own_file(request: HttpRequest) -> HttpResponse:
    """The sessions of one's own post, for any calendar: a number and a link."""
    text = queries.sessions_file(actor_of(request), now=clock.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Plan a session; what is in its way is told first, and planned all the same when said so."""
    actor, now = actor_of(request), clock.now()
    found = _talked(request, number)
    given = request.POST if request.method == "POST" else None
    known = lists(actor, found, now=now)
    form = SessionForm(given, initial=first(actor, found, now=now), lists=known)

    def do(plan_: Planned, key: str) -> None:
        matters.plan_session(actor=actor, matter=found.id, plan=plan_, key=key, now=clock.now())

    return _form(request, found, form, _("约一次调解"), _("约好了。"), do)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def replan(request: HttpRequest, number: str, session: int) -> HttpResponse:
    """Put a session to another time or place, with the reason."""
    actor, now = actor_of(request), clock.now()
    found, one = _one(request, number, session)
    given = request.POST if request.method == "POST" else None
    form = MovedForm(given, initial=as_it_is(one), lists=lists(actor, found, now=now))

    def do(plan_: Planned, key: str) -> None:
        reason = form.cleaned_data["reason"]
        matters.move_session(
            actor=actor,
            matter=found.id,
            session=session,
            plan=plan_,
            reason=reason,
            key=key,
            now=clock.now(),
        )

    return _form(request, found, form, _("改时间地点"), _("改好了。"), do, but=one)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def cancel(request: HttpRequest, number: str, session: int) -> HttpResponse:
    """Cancel a session, with the reason."""
    found = _one(request, number, session)[0]
    form = CancelForm(request.POST if request.method == "POST" else None)
    title = _("取消这次调解")
    if not form.is_valid():
        return _shown(request, found, form, title)
    given = form.cleaned_data
    try:
        matters.cancel_session(
            actor=actor_of(request),
            matter=found.id,
            session=session,
            reason=given["reason"],
            key=given["key"] or _fresh(form),
            now=clock.now(),
        )
    except GantangError as error:
        return _shown(request, found, form, title, error=error)
    messages.success(request, _("取消了。"))
    return redirect("desk:room", number=number)


def _form(
    request: HttpRequest,
    found: MatterView,
    form: SessionForm,
    title: str,
    done: str,
    do: Any,
    *,
    but: SessionView | None = None,
) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, found, form, title)
    asked = form.plan()
    if (warned := _warned(request, asked, but)) is not None:
        return _shown(request, found, form, title, clashes=warned, sure=_spelt(asked))
    try:
        do(asked, form.cleaned_data["key"] or _fresh(form))
    except GantangError as error:
        return _shown(request, found, form, title, error=error)
    messages.success(request, done)
    return redirect("desk:room", number=found.number)


def _warned(request: HttpRequest, asked: Planned, but: SessionView | None) -> list[str] | None:
    """What is in the way and was not told yet of just this plan."""
    if request.POST.get("sure") == _spelt(asked):
        return None
    itself = (but.matter, but.no) if but is not None else None
    return sessions.told(queries.clashes(actor_of(request), asked, but=itself)) or None


def _spelt(asked: Planned) -> str:
    return f"{asked.starts_at:%Y%m%d%H%M}-{asked.ends_at:%H%M}-{asked.room}-{asked.post}"


def _talked(request: HttpRequest, number: str) -> MatterView:
    """A matter in sight whose procedure holds sessions. Errors: MatterNotFoundError, NotFoundError."""
    found = queries.get(actor_of(request), number, now=clock.now())
    if not queries.has_sessions(found.procedure_hash):
        raise NotFoundError
    return found


def _one(request: HttpRequest, number: str, session: int) -> tuple[MatterView, SessionView]:
    found = _talked(request, number)
    every = queries.sessions_of(actor_of(request), found.id)
    one = next((each for each in every if each.no == session), None)
    if one is None:
        raise NotFoundError
    return found, one


def _shown(
    request: HttpRequest,
    found: MatterView,
    form: forms.Form,
    title: str,
    *,
    error: GantangError | None = None,
    clashes: list[str] | None = None,
    sure: str = "",
) -> HttpResponse:
    context = {
        **frame(request, "sessions"),
        "matter": found,
        "form": form,
        "title": title,
        "problem": wrong(error) if error else None,
        "clashes": clashes,
        "sure": sure,
    }
    status = error.status if error else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "desk/session_form.html", context, status=status)


def _fresh(form: forms.Form) -> str:
    return str(form.fields["key"].initial)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.now().date()
