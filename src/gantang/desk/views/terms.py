"""The trees of causes and of classes, for whoever administers: one added, called otherwise, or ended."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.catalogue import queries as catalogue
from gantang.catalogue import service
from gantang.catalogue.queries import CAUSE, CLASS
from gantang.catalogue.types import Term
from gantang.desk.admin import actor_of, administered
from gantang.desk.adminforms import CauseForm, ClassForm
from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def causes(request: HttpRequest) -> HttpResponse:
    """The causes in force, each with a form to call it otherwise or to end it; one more at the end."""
    return _page(request, CAUSE, CauseForm, "cause_terms", catalogue.causes())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def classes(request: HttpRequest) -> HttpResponse:
    """The classes in force, a branch at a time, each with a form to call it otherwise; one more below."""
    terms = catalogue.classes()
    tops = [one for one in terms if not one.parent]
    branch = request.GET.get("under", "")
    shown = [one for one in terms if one.code == branch or one.code.startswith(f"{branch}.")]
    return _page(request, CLASS, ClassForm, "class_terms", shown or tops, branches=tops, branch=branch)


def _page(
    request: HttpRequest, kind: str, form_of: type[CauseForm], here: str, terms: list[Term], **more: Any
) -> HttpResponse:
    form = form_of(request.POST) if request.method == "POST" else None
    error: GantangError | None = None
    if form is not None and (_ends(request, kind) or form.is_valid()):
        try:
            _change(request, kind, form)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了，旧的留着底。"))
            return redirect(_after(request, kind))
    fresh = form is not None and form.data.get("code") not in {one.code for one in terms}
    context = {
        **frame(request, here),
        "lines": [_line(one, form, form_of) for one in terms],
        "form": form if fresh else _fresh(form_of),
        "open": fresh,
        "problem": problem(error) if error else None,
        **more,
    }
    status = error.status if error else 422 if form else 200
    return render(request, f"desk/{here}.html", context, status=status)


def _after(request: HttpRequest, kind: str) -> str:
    """The page again; of classes the branch that was changed."""
    top = request.POST.get("code", "").partition(".")[0]
    return f"{request.path}?under={top}" if kind == CLASS else request.path


def _ends(request: HttpRequest, kind: str) -> bool:
    return kind == CAUSE and request.POST.get("act") == "end"


def _change(request: HttpRequest, kind: str, form: forms.Form) -> None:
    """What was asked for. Errors: those of ``set_term`` and ``end_term``."""
    actor, now = actor_of(request), clock.now()
    if _ends(request, kind):
        code = request.POST.get("code", "")
        service.end_term(actor=actor, kind=kind, code=code, valid_to=now.date(), now=now)
    else:
        service.set_term(actor=actor, kind=kind, now=now, **form.cleaned_data)


def _fresh(form_of: type[CauseForm], one: Term | None = None) -> CauseForm:
    """An empty form, or that of a term as it is called now."""
    known = {} if one is None else {"code": one.code, "zh": one.title.zh, "en": one.title.en}
    place = one.code if one is not None else "new"
    return form_of(initial={**known, "valid_from": clock.now().date()}, auto_id=f"id_{place}_%s")


def _line(one: Term, form: CauseForm | None, form_of: type[CauseForm]) -> dict[str, Any]:
    mine = form is not None and form.data.get("code") == one.code
    return {
        "term": one,
        "form": form if mine else _fresh(form_of, one),
        "open": mine,
        "top": not one.parent,
    }
