"""The joint patrol at the desk: the command page, a shift, one's own shifts as a calendar."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import patrol as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.patrolacts import Acts, done, fits, page, sent
from gantang.desk.patrolforms import LevelForm, OrderForm, PositionForm, ShiftForm
from gantang.kit import clock
from gantang.patrol import queries, service


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def now(request: HttpRequest) -> HttpResponse:
    """What is on the water now and in the next day; how it stands, and what waits for a decision."""
    actor, at = actor_of(request), clock.now()
    level = LevelForm(sent(request, "level"), initial={"ground": shown.home(actor), "on": at.date()})
    shift = shown.number_of(request.POST.get("shift", ""))
    route = shown.number_of(request.POST.get("route", ""))
    given: dict[str, Any] = {"actor": actor, "now": at}
    day = shown.page_of(actor, at)
    names = shown.Names(actor)
    order = OrderForm(sent(request, "give"), shifts=day["targets"], points=names.choices(names.points))
    acts: Acts = {
        **_order_acts(request),
        "give": lambda: service.give(**_order(order), **given),
        "level": lambda: service.say_level(**level.given(), **given),
        "reroute": lambda: service.reroute(shift=shift, route=route, **given),
        "cancel": lambda: service.cancel(shift=shift, **given),
    }
    forms = {"level": level, "give": order}
    error = done(request, acts, forms)
    if request.method == "POST" and error is None and fits(request, acts, forms):
        return redirect("desk:patrol")
    context = {"page": day, "form": level, "order_form": order}
    return page(request, "desk/patrol.html", error, **context)


@never_cache
@require_safe
@staffed
def features(request: HttpRequest) -> HttpResponse:
    """What the map draws."""
    return JsonResponse(shown.features(actor_of(request)))


@never_cache
@require_safe
@staffed
def calendar(request: HttpRequest) -> HttpResponse:
    """The shifts to come of one's own post, for any calendar."""
    actor = actor_of(request)
    text = queries.calendar(actor, shown.Names(actor).of, now=clock.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="patrol.ics"'
    return answer


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
    acts: Acts = {
        "assign": lambda: service.assign(
            actor=actor,
            shift=shift,
            vessel=shown.number_of(form.cleaned_data["vessel"]),
            route=shown.number_of(form.cleaned_data["route"]) if form.cleaned_data["route"] else None,
            now=clock.now(),
        ),
        **_duty_acts(request, shift, place),
    }
    forms = {"assign": form, "position": place}
    error = done(request, acts, forms)
    if request.method == "POST" and error is None and fits(request, acts, forms):
        return redirect("desk:patrol-shift", shift)
    context = {
        "line": shown.shown(one, names),
        "duty": shown.duty_of(actor, one, names, clock.now()),
        "form": form,
        "place": place,
        "runs": queries.runs(actor, one.ground),
    }
    return page(request, "desk/patrol_shift.html", error, **context)


def _order_acts(request: HttpRequest) -> Acts:
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    order = shown.number_of(request.POST.get("order", ""))
    return {
        "hear": lambda: service.hear(order=order, **given),
        "done": lambda: service.report_done(order=order, **given),
        "take_back": lambda: service.take_back(order=order, **given),
    }


def _duty_acts(request: HttpRequest, shift: UUID, place: PositionForm) -> Acts:
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    to = shown.number_of(request.POST.get("to", ""))
    handover = shown.number_of(request.POST.get("handover", ""))
    return {
        **_order_acts(request),
        "cancel": lambda: service.cancel(shift=shift, **given),
        "out": lambda: service.go_out(shift=shift, **given),
        "back": lambda: service.come_back(shift=shift, **given),
        "offer": lambda: service.give_over(shift=shift, to=to, **given),
        "take": lambda: service.take_over(handover=handover, **given),
        "position": lambda: service.note_position(shift=shift, when=given["now"], **place.given(), **given),
    }


def _order(form: OrderForm) -> dict[str, Any]:
    given = form.given()
    point = given.pop("point")
    return {
        **given,
        "shift": shown.number_of(given["shift"]),
        "point": shown.number_of(point) if point else None,
    }
