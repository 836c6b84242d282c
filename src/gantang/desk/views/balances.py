"""The register of balances: a page and a workbook, for a ground in sight and a period."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import balances as shown
from gantang.desk import countforms
from gantang.desk.guard import frame, staffed
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Balances


@never_cache
@require_safe
@staffed
def balances(request: HttpRequest) -> HttpResponse:
    """What was open, came, went and is left, of a ground; whoever sees no whole ground is told so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    offered = shown.grounds(actor)
    found = _found(request, actor, offered) if offered else None
    context: dict[str, Any] = {
        **frame(request, "monthly"),
        "grounds": offered,
        "urbans": countforms.URBAN.items(),
        "urban": countforms.urban_of(request.GET.get("urban", "")),
        "found": found,
        "heads": list(shown.COLUMNS.values()),
        "issues": [(one, shown.figures(one.balance)) for one in shown.issues(found)] if found else [],
        "classes": [(title, shown.figures(one)) for title, one in shown.classes(found)] if found else [],
        "halves": [(title, shown.figures(one)) for title, one in shown.halves(found)] if found else [],
        "total": shown.figures(found.total) if found else [],
    }
    return render(request, "desk/balances.html", context)


@never_cache
@require_safe
@staffed
def workbook(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a workbook. Errors: ForbiddenError."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _found(request, actor, shown.grounds(actor))
    name = f"{_('存量台账')}-{found.ground}-{found.since:%Y%m%d}-{found.until:%Y%m%d}.xlsx"
    return countforms.workbook(name, shown.heads(), shown.rows(found), sheet=_("存量台账"))


def _found(request: HttpRequest, actor: Actor, offered: list[tuple[str, str]]) -> Balances:
    ground = request.GET.get("ground", "") or (offered[0][0] if offered else "")
    today = clock.now().date()
    since, until = shown.period(request.GET.get("since", ""), request.GET.get("until", ""), today)
    urban = countforms.urban_of(request.GET.get("urban", ""))
    return queries.balances(actor, ground=ground, since=since, until=until, urban=urban)
