"""What is entered on the page of posts: functions of the centre, standing groups."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gantang.desk import groups as shown
from gantang.desk.admin import actor_of, administered, home_of
from gantang.desk.guard import frame
from gantang.desk.staffforms import MemberForm
from gantang.desk.views.posts import function_form, group_form, posts_page
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.posts import service


@require_POST
@administered
def function(request: HttpRequest) -> HttpResponse:
    """A unit fills a function of the own centre from a day on, or no longer."""

    def enter(function: str, unit: str, on: date) -> None:
        given: dict[str, Any] = {"actor": actor_of(request), "centre": home_of(actor_of(request)).id}
        given |= {"function": function, "unit": int(unit), "now": clock.now()}
        if request.POST.get("act") == "end":
            service.end_function(**given, valid_to=on)
        else:
            service.fill_function(**given, valid_from=on)

    return _entered(request, "function_form", function_form(request, request.POST), enter)


@require_POST
@administered
def make(request: HttpRequest) -> HttpResponse:
    """A standing group of the own ground."""

    def enter(unit: str, **said: Any) -> None:
        ground = home_of(actor_of(request)).ground
        service.make_group(actor=actor_of(request), ground=ground, unit=int(unit), **said, now=clock.now())

    return _entered(request, "group_form", group_form(request, request.POST), enter)


def _entered(request: HttpRequest, name: str, form: forms.Form, enter: Callable[..., None]) -> HttpResponse:
    """Enter what a form says and go back to the page of posts; what is wrong stays as it was typed."""
    if not form.is_valid():
        return posts_page(request, {name: form}, status=422)
    try:
        enter(**form.cleaned_data)
    except GantangError as error:
        return posts_page(request, {name: form}, error=error, status=error.status)
    messages.success(request, _("记下了。"))
    return redirect("desk:posts")


@never_cache
@require_safe
@administered
def group(request: HttpRequest, group: int) -> HttpResponse:
    """One group: its members, and the posts of a unit that may join."""
    return _group_page(request, group, _member_form(request, request.GET.get("unit", "")))


@require_POST
@administered
def group_change(request: HttpRequest, group: int) -> HttpResponse:
    """Somebody's post joins or leaves; or the group ends."""
    act, form = request.POST.get("act", ""), _member_form(request, request.POST.get("unit", ""), asked=True)
    if act == "add" and not form.is_valid():
        return _group_page(request, group, form, status=422)
    try:
        shown.found(group, home_of(actor_of(request)).ground, clock.now().date())
        _change(request, group, act, form)
    except GantangError as error:
        return _group_page(request, group, form, error=error, status=error.status)
    messages.success(request, _("记下了。"))
    return redirect("desk:posts") if act == "end" else redirect("desk:group", group)


def _change(request: HttpRequest, group: int, act: str, form: MemberForm) -> None:
    on = clock.now().date()
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    if act == "end":
        service.end_group(**given, group=group, valid_to=on)
    elif act == "leave":
        membership = shown.membership(group, request.POST.get("membership", ""), on)
        service.end_member(**given, membership=membership, valid_to=on)
    else:
        said = form.cleaned_data
        service.add_member(
            **given, group=group, post=int(said["post"]), role=said["role"], valid_from=said["on"]
        )


def _member_form(request: HttpRequest, unit: str, *, asked: bool = False) -> MemberForm:
    ground, on = home_of(actor_of(request)).ground, clock.now().date()
    posts = shown.posts(unit, ground, on)
    return MemberForm(request.POST if asked else None, posts=posts, initial={"on": on, "unit": unit})


def _group_page(
    request: HttpRequest,
    group: int,
    form: MemberForm,
    *,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    home, on = home_of(actor_of(request)), clock.now().date()
    context = {
        **frame(request, "posts"),
        "line": shown.lines([shown.found(group, home.ground, on)], on)[0],
        "units": shown.near(home, on),
        "unit": request.POST.get("unit") or request.GET.get("unit", ""),
        "form": form,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/group.html", context, status=status)
