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
from gantang.patrol import queries, service


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    """A shift: its crew, its vessel and its way."""
    actor, names = actor_of(request), shown.Names(actor_of(request))
    one = queries.shift(actor, shift)
    boats = [(str(each.id), f"{each.name} {each.plate}") for each in names.vessels if each.state == "ready"]
    start = {"vessel": str(one.vessel or ""), "route": str(one.route or "")}
    form = ShiftForm(
        sent(request, "assign"), vessels=boats, routes=names.choices(names.routes), initial=start
    )
    place = PositionForm(sent(request, "position"))
    start_found = {"place": names.of.get(one.point, "")}
    found, number = (
        FoundForm(sent(request, "found"), initial=start_found),
        FoundNumberForm(sent(request, "note")),
    )
    acts: Acts = {
        "assign": lambda: service.assign(
            actor=actor,
            shift=shift,
            vessel=shown.number_of(form.cleaned_data["vessel"]),
            route=shown.number_of(form.cleaned_data["route"]) if form.cleaned_data["route"] else None,
            now=clock.now(),
        ),
        **_duty_acts(request, shift, place),
        "found": lambda: patrolfound.enter(actor, one, found, now=clock.now()),
        "note": lambda: patrolfound.note(actor, one, number, now=clock.now()),
    }
    forms = {"assign": form, "position": place, "found": found, "note": number}
    error = done(request, acts, forms)
    if request.method == "POST" and error is None and fits(request, acts, forms):
        return redirect("desk:patrol-shift", shift)
    context = {
        "line": shown.shown(one, names),
        "duty": patrolday.duty_of(actor, one, names, clock.now()),
        "form": form,
        "place": place,
        "found": found,
        "number": number,
        "runs": queries.runs(actor, one.ground),
    }
    return page(request, "desk/patrol_shift.html", error, **context)


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
