"""Posts for whoever administers: what is missing, who leaves and who takes over, standing groups."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import groups as grouped
from gantang.desk import posts as shown
from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.guard import frame
from gantang.desk.postforms import LeaveForm, WhoLeavesForm
from gantang.desk.staffforms import FunctionForm, GroupForm
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.posts import queries, service


@never_cache
@require_safe
@administered
def posts(request: HttpRequest) -> HttpResponse:
    """What is missing in the staffing of the own ground; its groups; what may be entered."""
    return posts_page(request, {})


def posts_page(
    request: HttpRequest,
    given: Mapping[str, forms.Form],
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with forms as they were given where something is wrong with them."""
    home, today = home_of(actor_of(request)), clock.now().date()
    context = {
        **frame(request, "posts"),
        **shown.findings(home.ground, request.GET.get("kind", ""), today),
        "centre": shown.centre(home, today),
        "groups": grouped.lines(queries.groups(home.ground, on=today), today),
        "leave_form": WhoLeavesForm(auto_id="leaving_%s"),
        "function_form": function_form(request),
        "group_form": group_form(request),
        "problem": problem(error) if error else None,
        **given,
    }
    return render(request, "desk/posts.html", context, status=status)


def function_form(request: HttpRequest, asked: QueryDict | None = None) -> FunctionForm:
    """Who fills a function of the centre."""
    home, today = home_of(actor_of(request)), clock.now().date()
    return FunctionForm(asked, units=grouped.near(home, today), initial={"on": today, "unit": str(home.id)})


def group_form(request: HttpRequest, asked: QueryDict | None = None) -> GroupForm:
    """A standing group."""
    home, today = home_of(actor_of(request)), clock.now().date()
    first = {"valid_from": today, "unit": str(home.id)}
    return GroupForm(asked, units=grouped.near(home, today), initial=first)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def leaving(request: HttpRequest) -> HttpResponse:
    """Somebody leaves: which posts, who takes each over; then it is done, at once or on the day."""
    asked = WhoLeavesForm(request.POST if request.method == "POST" else request.GET)
    if not asked.is_valid():
        context = {**frame(request, "posts"), "leave_form": asked}
        return render(request, "desk/leaving.html", context, status=422)
    name, on = asked.cleaned_data["account"], asked.cleaned_data["on"] or clock.now().date()
    try:
        leaver = shown.leaver(name, home_of(actor_of(request)).ground, on)
        form = LeaveForm(request.POST if request.method == "POST" else None, posts=leaver.posts)
        if request.method == "POST" and form.is_valid():
            _leave(request, leaver.account, on, form)
            messages.success(request, _("离任办好了，登录随之失效。"))
            return redirect("desk:posts")
    except GantangError as error:
        return _page(request, asked, on, error=error, status=error.status)
    status = 422 if request.method == "POST" else 200
    return _page(request, asked, on, form=form, leaver=leaver, status=status)


def _page(
    request: HttpRequest,
    asked: WhoLeavesForm,
    on: date,
    *,
    error: GantangError | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **frame(request, "posts"),
        "leave_form": asked,
        "on": on,
        "problem": problem(error) if error else None,
        **more,
    }
    return render(request, "desk/leaving.html", context, status=status)


def _leave(request: HttpRequest, account: int, on: date, form: LeaveForm) -> None:
    service.leave(
        actor=actor_of(request),
        account=account,
        on=on,
        successors=shown.successors(form.cleaned_data),
        now=clock.now(),
    )
