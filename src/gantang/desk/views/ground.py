"""Changed ground for whoever administers: change sets, what one would do, its review, a code's history."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gantang.desk import ground as shown
from gantang.desk import inherited
from gantang.desk.admin import actor_of, administered, check_ground, home_of
from gantang.desk.groundforms import HeadForm, OperationForm
from gantang.desk.guard import frame
from gantang.desk.mapped import asked
from gantang.desk.mapped import shown as places
from gantang.faces.acting import account_of
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import queries as matters
from gantang.procedures import service as procedures
from gantang.territory import queries, service
from gantang.territory.types import GroundChange, Operation


@never_cache
@require_safe
@administered
def grounds(request: HttpRequest) -> HttpResponse:
    """The change sets, the newest first."""
    account = account_of(request)
    lines = [shown.line(one, account) for one in queries.change_sets()]
    waiting = sum(one["change"].state == "draft" and not one["mine"] for one in lines)
    context = {**frame(request, "grounds"), "lines": lines, "waiting": waiting}
    return render(request, "desk/grounds.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def new(request: HttpRequest) -> HttpResponse:
    """A change set put together, operation by operation; nothing is kept before it is drafted."""
    if request.method != "POST":
        return _composed(request, HeadForm(), OperationForm(), [])
    operations = shown.unpacked(request.POST.get("operations", ""))
    act = request.POST.get("act", "add")
    if act.startswith("drop-"):
        kept = [one for place, one in enumerate(operations) if f"drop-{place}" != act]
        return _composed(request, HeadForm(initial=request.POST.dict()), OperationForm(), kept)
    if act == inherited.SETTLE:
        wanted = inherited.chosen(request.POST.dict(), operations)
        return _composed(request, HeadForm(initial=request.POST.dict()), OperationForm(), wanted)
    if act == "draft":
        return _drafted(request, inherited.chosen(request.POST.dict(), operations))
    return _added(request, operations)


def _added(request: HttpRequest, operations: list[Operation]) -> HttpResponse:
    form, head = OperationForm(request.POST, request.FILES), HeadForm(initial=request.POST.dict())
    if not form.is_valid():
        return _composed(request, head, form, operations, status=422)
    try:
        wanted = [*operations, form.operation()]
        _check(request, wanted)
        queries.proposed_change(wanted, clock.now().date())
    except GantangError as error:
        return _composed(request, head, form, operations, error=error, status=error.status)
    return _composed(request, head, OperationForm(), wanted)


def _drafted(request: HttpRequest, operations: list[Operation]) -> HttpResponse:
    head = HeadForm(request.POST)
    if not head.is_valid():
        return _composed(request, head, OperationForm(), operations, status=422)
    try:
        _check(request, operations)
        _settled(queries.proposed_change(operations, head.cleaned_data["effective_on"]))
        change = service.draft_change(
            actor=actor_of(request), **head.cleaned_data, operations=operations, now=clock.now()
        )
    except GantangError as error:
        return _composed(request, head, OperationForm(), operations, error=error, status=error.status)
    messages.success(request, _("拟好了，请另一位管理员审核。"))
    return redirect("desk:ground", change)


def _check(request: HttpRequest, operations: Iterable[Operation]) -> None:
    """Whatever is named lies on the actor's own ground. Errors: NotYoursError."""
    for code in {code for _kind, data in operations for code in shown.codes_of(data)}:
        check_ground(actor_of(request), code)


def _settled(change: GroundChange) -> None:
    """Errors: UnsettledError where it is still to be said whose rules hold."""
    procedures.check_ground_change(change, now=clock.now())


def _composed(
    request: HttpRequest,
    head: HeadForm,
    form: OperationForm,
    operations: list[Operation],
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **frame(request, "grounds"),
        "head": head,
        "form": form,
        "operations": shown.said(operations),
        "packed": shown.packed(operations),
        "home": home_of(actor_of(request)).ground[:12],
        "problem": problem(error) if error else None,
    }
    if operations:
        try:
            change = queries.proposed_change(operations, clock.now().date())
            context["effect"] = shown.consequences(actor_of(request), change)
        except GantangError as one:
            context["problem"] = context["problem"] or problem(one)
    return render(request, "desk/ground_new.html", context, status=status)


@never_cache
@require_safe
@administered
def change(request: HttpRequest, change: UUID) -> HttpResponse:
    """One change set: what it says, what it would do or did, and what may be done with it."""
    return _page(request, change)


@require_POST
@administered
def review(request: HttpRequest, change: UUID) -> HttpResponse:
    """A second administrator agrees."""
    try:
        _check(request, queries.change_set(change).operations)
        _settled(queries.ground_change(change))
        service.review_change(actor=actor_of(request), change=change, now=clock.now())
    except GantangError as error:
        return _page(request, change, error)
    messages.success(request, _("审核通过，到生效那天由后台调整。"))
    return redirect("desk:ground", change)


@require_POST
@administered
def withdraw(request: HttpRequest, change: UUID) -> HttpResponse:
    """It never comes into force."""
    try:
        _check(request, queries.change_set(change).operations)
        service.withdraw_change(actor=actor_of(request), change=change, now=clock.now())
    except GantangError as error:
        return _page(request, change, error)
    messages.success(request, _("撤回了，什么都没有改。"))
    return redirect("desk:grounds")


def _page(request: HttpRequest, change: UUID, error: GantangError | None = None) -> HttpResponse:
    view = queries.change_set(change)
    context: dict[str, Any] = {
        **frame(request, "grounds"),
        **shown.line(view, account_of(request)),
        "operations": shown.said(view.operations),
        "problem": problem(error) if error else None,
        "sweeps": _sweeps(view.id),
    }
    if view.state != "withdrawn":
        try:
            context["effect"] = shown.consequences(actor_of(request), queries.ground_change(change))
        except GantangError as one:
            context["problem"] = context["problem"] or problem(one)
    return render(request, "desk/ground.html", context, status=error.status if error else 200)


def _sweeps(change: UUID) -> dict[str, int] | None:
    """How far the matters have moved along."""
    found = [one for one in matters.sweeps(kind="ground", limit=2000) if one.key == str(change)]
    if not found:
        return None
    return {
        "moved": sum(one.moved for one in found),
        "failed": sum(one.failed for one in found),
        "running": sum(one.done_at is None for one in found),
    }


@never_cache
@require_safe
@administered
def history(request: HttpRequest) -> HttpResponse:
    """Where a code came from and what became of it."""
    code = "".join(request.GET.get("code", "").split())
    context = {**frame(request, "grounds"), "code": code, "story": shown.story(code) if code else None}
    return render(request, "desk/ground_history.html", context)


@never_cache
@require_safe
@administered
def mapped(request: HttpRequest) -> HttpResponse:
    """The map of a ground, and the same places in a table."""
    ground = asked(actor_of(request), request.GET.get("ground", ""))
    context = {**frame(request, "grounds"), **places(ground)}
    return render(request, "desk/ground_map.html", context)
