"""A person asks what is held about it, and has it put right: the page of the duty of privacy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gantang.desk import askings
from gantang.desk import subjects as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import View, frame, staffed
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters import queries, service
from gantang.matters.errors import NotPrivacyError


def answering(view: Callable[..., HttpResponseBase]) -> View:
    """Wrap a view of the desk for whoever answers people. Errors: NotPrivacyError."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not queries.answers_people(actor_of(request)):
            raise NotPrivacyError
        return view(request, *args, **kwargs)

    return staffed(answer)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def subjects(request: HttpRequest) -> HttpResponse:
    """Ask for a person; the answer is a sheet to print. What was asked stands in no address."""
    if request.method != "POST":
        return _page(request)
    form = shown.AskForm(request.POST)
    if not form.is_valid():
        return _page(request, ask=form, status=422)
    try:
        found = service.held_about(actor=actor_of(request), **form.cleaned_data, now=clock.now())
    except GantangError as error:
        return _page(request, ask=form, error=error, status=error.status)
    return _page(request, answer={"lines": shown.lines(found), "copy": form.cleaned_data["copy"]})


@require_POST
@answering
def correct(request: HttpRequest) -> HttpResponse:
    """Put one field of one person of one matter right."""
    form = shown.CorrectForm(request.POST)
    if not form.is_valid():
        return _page(request, mend=form, status=422)
    given, actor = form.cleaned_data, actor_of(request)
    try:
        matter = queries.in_sight(actor, given.pop("number"))
        given["key"] = given["key"] or str(form["key"].initial)
        service.correct_person(actor=actor, matter=matter, **given, now=clock.now())
    except GantangError as error:
        return _page(request, mend=form, error=error, status=error.status)
    messages.success(request, _("改好了，步骤里只写改了哪一项。"))
    return redirect("desk:subjects")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def register(request: HttpRequest) -> HttpResponse:
    """The register of what people asked: entered, taken on, answered or refused with a reason."""
    actor, given = actor_of(request), request.POST
    form = askings.AskingForm(given) if given.get("act") == "receive" else None
    if request.method != "POST":
        return _register(request)
    if form is not None and not form.is_valid():
        return _register(request, form=form, status=422)
    try:
        done = askings.received(actor, form) if form else askings.done(actor, given)
    except GantangError as error:
        return _register(request, form=form, error=error, status=error.status)
    messages.success(request, done)
    return redirect("desk:askings")


def _register(
    request: HttpRequest,
    *,
    form: askings.AskingForm | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame(request, "subjects"),
        **askings.shown(actor_of(request), request.GET),
        "form": form or askings.AskingForm(),
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/askings.html", context, status=status)


def _page(
    request: HttpRequest,
    *,
    ask: shown.AskForm | None = None,
    mend: shown.CorrectForm | None = None,
    answer: dict[str, Any] | None = None,
    error: GantangError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **frame(request, "subjects"),
        "ask_form": ask or shown.AskForm(),
        "mend_form": mend or shown.CorrectForm(),
        "answer": answer,
        "problem": problem(error) if error else None,
    }
    return render(request, "desk/subjects.html", context, status=status)
