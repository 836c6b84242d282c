"""A shift of the patrol at the desk: its crew, vessel and way, its duty, what it came upon."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import patrol as shown
from gantang.desk import patrolday, patrolfound
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.patrolacts import Acts, done, fits, order_acts, page, sent
from gantang.desk.patrolforms import FoundForm, FoundNumberForm, PositionForm, ShiftForm
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.patrol import queries, service
from gantang.patrol.types import ShiftView


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    """A shift: its crew, its vessel and its way."""
    actor, names = actor_of(request), shown.Names(actor_of(request))
    one = queries.shift(actor, shift)
    forms = _forms(request, one, names)
    acts = {**_own_acts(actor, one, forms), **_duty_acts(request, shift, forms["position"])}
    error = done(request, acts, forms)
    if request.method == "POST" and error is None and fits(request, acts, forms):
        return redirect("desk:patrol-shift", shift)
    context = {
        "line": shown.shown(one, names),
        "duty": patrolday.duty_of(actor, one, names, clock.now()),
        "form": forms["assign"],
        "place": forms["position"],
        "found": forms["found"],
        "number": forms["note"],
        "runs": queries.runs(actor, one.ground),
    }
    return page(request, "desk/patrol_shift.html", error, **context)


def _forms(request: HttpRequest, one: ShiftView, names: shown.Names) -> dict[str, Any]:
    """The page's forms, each filled in where it was sent."""
    boats = [(str(each.id), f"{each.name} {each.plate}") for each in names.vessels if each.state == "ready"]
    start = {"vessel": str(one.vessel or ""), "route": str(one.route or "")}
    routes = names.choices(names.routes)
    return {
        "assign": ShiftForm(sent(request, "assign"), vessels=boats, routes=routes, initial=start),
        "position": PositionForm(sent(request, "position")),
        "found": FoundForm(sent(request, "found"), initial={"place": names.of.get(one.point, "")}),
        "note": FoundNumberForm(sent(request, "note")),
    }


def _own_acts(actor: Actor, one: ShiftView, forms: dict[str, Any]) -> Acts:
    def assign() -> None:
        given = forms["assign"].cleaned_data
        route = shown.number_of(given["route"]) if given["route"] else None
        vessel = shown.number_of(given["vessel"])
        service.assign(actor=actor, shift=one.id, vessel=vessel, route=route, now=clock.now())

    return {
        "assign": assign,
        "found": lambda: patrolfound.enter(actor, one, forms["found"], now=clock.now()),
        "note": lambda: patrolfound.note(actor, one, forms["note"], now=clock.now()),
    }


def _duty_acts(request: HttpRequest, shift: UUID, place: PositionForm) -> Acts:
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    to = shown.number_of(request.POST.get("to", ""))
    handover = shown.number_of(request.POST.get("handover", ""))
    return {
        **order_acts(request),
        "cancel": lambda: service.cancel(shift=shift, **given),
        "out": lambda: service.go_out(shift=shift, **given),
        "back": lambda: service.come_back(shift=shift, **given),
        "offer": lambda: service.give_over(shift=shift, to=to, **given),
        "take": lambda: service.take_over(handover=handover, **given),
        "position": lambda: service.note_position(shift=shift, when=given["now"], **place.given(), **given),
    }
