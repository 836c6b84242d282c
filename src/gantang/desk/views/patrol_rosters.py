"""Rosters of the joint patrol at the desk: asked for, read, issued."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import patrol as shown
from gantang.desk import patrolrosters
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.patrolacts import Acts, done, page, sent
from gantang.desk.patrolasking import RosterForm
from gantang.faces.rows import wants_more
from gantang.kit import clock
from gantang.patrol import queries, service
from gantang.patrol.types import Demand, NewRoster


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def rosters(request: HttpRequest) -> HttpResponse:
    """Rosters, the newest first; a post asks for one."""
    actor, names = actor_of(request), shown.Names(actor_of(request))
    start = {"ground": shown.home(actor)}
    more = request.method == "POST" and wants_more(request.POST)
    given = request.POST if more else sent(request, "ask")
    form = RosterForm(given, points=names.choices(names.points), initial=start)
    acts: Acts = {"ask": lambda: service.ask(actor=actor, **_asked(form), now=clock.now())}
    error = None if more else done(request, acts, {"ask": form})
    if request.method == "POST" and not more and error is None and form.is_valid():
        return redirect("desk:patrol-rosters")
    lines = [(one, shown.sign(one.state), one.plan.date_of(one.days - 1)) for one in queries.rosters(actor)]
    context = {"lines": lines, "form": form, "more": more, "runs": queries.runs(actor, shown.home(actor))}
    return page(request, "desk/patrol_rosters.html", error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def roster(request: HttpRequest, roster: UUID) -> HttpResponse:
    """One roster: who serves when, or why none fits; it is issued or taken back."""
    given: dict[str, Any] = {"actor": actor_of(request), "roster": roster, "now": clock.now()}
    acts: Acts = {
        "issue": lambda: service.issue(**given),
        "withdraw": lambda: service.withdraw(**given),
    }
    one = queries.roster(actor_of(request), roster)
    error = done(request, acts, {})
    if request.method == "POST" and error is None and request.POST.get("act") in acts:
        return redirect("desk:patrol-roster", roster)
    return page(
        request, "desk/patrol_roster.html", error, page=patrolrosters.roster_page(actor_of(request), one)
    )


def _asked(form: RosterForm) -> dict[str, Any]:
    given = form.given()
    key = given.pop("key")
    points = tuple(shown.number_of(one) for one in given.pop("points"))
    other = tuple(_demand(one) for one in given.pop("other"))
    return {"roster": NewRoster(points=points, other=other, **given), "key": key}


def _demand(line: dict[str, Any]) -> Demand:
    point = line.pop("point", "")
    return Demand(point=shown.number_of(point) if point else None, **line)
