"""What was answered in the matters of a procedure: referrals, tracks, ends in figures, on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.desk import balances as shown
from gantang.desk import countforms
from gantang.desk.guard import frame, staffed
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries


@never_cache
@require_safe
@staffed
def answers(request: HttpRequest) -> HttpResponse:
    """One procedure over a ground and a period; whoever sees no whole ground is told so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    offered = shown.grounds(actor)
    context: dict[str, Any] = {**frame(request, "monthly"), "grounds": offered}
    if offered:
        context |= _found(request, actor, offered[0][0])
    return render(request, "desk/answers.html", context)


def _found(request: HttpRequest, actor: Actor, first: str) -> dict[str, Any]:
    now, lang = clock.now(), get_language() or ""
    known = queries.counted_procedures(now)
    name = request.GET.get("procedure", "")
    procedure = known.get(name) or next(iter(known.values()))
    since, until = shown.period(request.GET.get("since", ""), request.GET.get("until", ""), now.date())
    ground = request.GET.get("ground", "") or first
    urban = countforms.urban_of(request.GET.get("urban", ""))
    found = queries.answered(actor, procedure, ground=ground, since=since, until=until, urban=urban)
    return {
        "procedures": [(each, one.title.of(lang)) for each, one in known.items()],
        "procedure": procedure.name,
        "title": procedure.title.of(lang),
        "ground": ground,
        "since": since,
        "until": until,
        "urbans": countforms.URBAN.items(),
        "urban": urban,
        "groups": [(one.title.of(lang), [(words.of(lang), n) for words, n in one.lines]) for one in found],
    }
