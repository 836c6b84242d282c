"""The tree of causes, for whoever administers: one added, called otherwise, or ended, from a day on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.catalogue import queries as catalogue
from gantang.catalogue import service
from gantang.catalogue.queries import CAUSE
from gantang.catalogue.types import Cause
from gantang.desk.admin import actor_of, administered
from gantang.desk.adminforms import CauseForm
from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def causes(request: HttpRequest) -> HttpResponse:
    """The causes in force, each with a form to call it otherwise or to end it; one more at the end."""
    form = CauseForm(request.POST) if request.method == "POST" else None
    error: GantangError | None = None
    if form is not None and (_ends(request) or form.is_valid()):
        try:
            _change(request, form)
        except GantangError as one:
            error = one
        else:
            messages.success(request, _("存好了，旧的留着底。"))
            return redirect("desk:cause_terms")
    context = {
        **frame(request, "cause_terms"),
        "lines": [_line(one, form) for one in catalogue.causes()],
        "form": form if form is not None and _known(form) is None else _fresh(),
        "open": form is not None and _known(form) is None,
        "problem": problem(error) if error else None,
    }
    status = error.status if error else 422 if form else 200
    return render(request, "desk/cause_terms.html", context, status=status)


def _ends(request: HttpRequest) -> bool:
    return request.POST.get("act") == "end"


def _change(request: HttpRequest, form: CauseForm) -> None:
    """What was asked for. Errors: those of ``set_term`` and ``end_term``."""
    actor, now = actor_of(request), clock.now()
    if _ends(request):
        code = request.POST.get("code", "")
        service.end_term(actor=actor, kind=CAUSE, code=code, valid_to=now.date(), now=now)
    else:
        service.set_term(actor=actor, kind=CAUSE, now=now, **form.cleaned_data)


def _known(form: CauseForm) -> Cause | None:
    return catalogue.get_cause(str(form.data.get("code", "")))


def _fresh(one: Cause | None = None) -> CauseForm:
    """An empty form, or that of a cause as it is called now."""
    known = {} if one is None else {"code": one.code, "zh": one.title.zh, "en": one.title.en}
    place = one.code if one is not None else "new"
    return CauseForm(initial={**known, "valid_from": clock.now().date()}, auto_id=f"id_{place}_%s")


def _line(one: Cause, form: CauseForm | None) -> dict[str, Any]:
    mine = form is not None and form.data.get("code") == one.code
    return {"cause": one, "form": form if mine else _fresh(one), "open": mine, "top": not one.parent}
