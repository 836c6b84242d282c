"""The joint patrol at the desk: the command page and its map."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import patrol as shown
from gantang.desk import patrolday
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.patrolacts import Acts, done, fits, order_acts, page, sent
from gantang.desk.patrolforms import LevelForm, OrderForm
from gantang.kit import clock
from gantang.patrol import service


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
    day = patrolday.page_of(actor, at)
    names = shown.Names(actor)
    order = OrderForm(sent(request, "give"), shifts=day["targets"], points=names.choices(names.points))
    acts: Acts = {
        **order_acts(request),
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
    return JsonResponse(patrolday.features(actor_of(request)))


def _order(form: OrderForm) -> dict[str, Any]:
    given = form.given()
    point = given.pop("point")
    return {
        **given,
        "shift": shown.number_of(given["shift"]),
        "point": shown.number_of(point) if point else None,
    }
