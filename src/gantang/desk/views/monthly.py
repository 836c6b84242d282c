"""The monthly form of mediation: a page and a workbook, for a ground in sight and a month."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import countforms
from gantang.desk import monthly as forms
from gantang.desk.guard import frame, staffed
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Monthly


@never_cache
@require_safe
@staffed
def monthly(request: HttpRequest) -> HttpResponse:
    """The form of a ground and a month; whoever sees no whole ground is told so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    offered = forms.grounds(actor)
    form = _form(request, actor, offered) if offered else None
    context: dict[str, Any] = {
        **frame(request, "monthly"),
        "grounds": offered,
        "urbans": countforms.URBAN.items(),
        "urban": countforms.urban_of(request.GET.get("urban", "")),
        "form": form,
        "shown": forms.shown(form) if form else None,
        "month": f"{form.month:%Y-%m}" if form else "",
    }
    return render(request, "desk/monthly.html", context)


@never_cache
@require_safe
@staffed
def workbook(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a workbook. Errors: ForbiddenError."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = _form(request, actor, forms.grounds(actor))
    name = f"{_('人民调解月报')}-{form.ground}-{form.month:%Y%m}.xlsx"
    return countforms.workbook(name, forms.heads(), forms.rows(form), sheet=f"{form.month:%Y-%m}")


def _form(request: HttpRequest, actor: Actor, offered: list[tuple[str, str]]) -> Monthly:
    ground = request.GET.get("ground", "") or (offered[0][0] if offered else "")
    month = forms.month_of(request.GET.get("month", ""), clock.now().date())
    urban = countforms.urban_of(request.GET.get("urban", ""))
    return queries.monthly(actor, ground=ground, month=month, urban=urban)
