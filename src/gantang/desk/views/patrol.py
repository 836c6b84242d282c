"""The joint patrol at the desk: the command page, rosters, the fleet, one's own shifts as a calendar."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gantang.desk import patrol as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.desk.patrolforms import (
    LevelForm,
    OfficerForm,
    OrderForm,
    OutlineForm,
    PlaceForm,
    PointForm,
    PositionForm,
    RosterForm,
    RouteForm,
    ShiftForm,
    VesselForm,
)
from gantang.faces.errors import problem
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.patrol import queries, service
from gantang.patrol.queries import words
from gantang.patrol.types import NewRoster
from gantang.posts import queries as posts

Acts = dict[str, Callable[[], object]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def now(request: HttpRequest) -> HttpResponse:
    """What is on the water now and in the next day; how it stands, and what waits for a decision."""
    actor, at = actor_of(request), clock.now()
    level = LevelForm(_sent(request, "level"), initial={"ground": shown.home(actor), "on": at.date()})
    shift = shown.number_of(request.POST.get("shift", ""))
    route = shown.number_of(request.POST.get("route", ""))
    given: dict[str, Any] = {"actor": actor, "now": at}
    page = shown.page_of(actor, at)
    names = shown.Names(actor)
    order = OrderForm(_sent(request, "give"), shifts=page["targets"], points=names.choices(names.points))
    acts: Acts = {
        **_order_acts(request),
        "give": lambda: service.give(**_order(order), **given),
        "level": lambda: service.say_level(**level.given(), **given),
        "reroute": lambda: service.reroute(shift=shift, route=route, **given),
        "cancel": lambda: service.cancel(shift=shift, **given),
    }
    sent = {"level": level, "give": order}
    error = _done(request, acts, sent)
    if request.method == "POST" and error is None and _fits(request, acts, sent):
        return redirect("desk:patrol")
    context = {"page": page, "form": level, "order_form": order}
    return _page(request, "desk/patrol.html", error, **context)


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
        _sent(request, "assign"), vessels=boats, routes=names.choices(names.routes), initial=start
    )
    place = PositionForm(_sent(request, "position"))
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
    sent = {"assign": form, "position": place}
    error = _done(request, acts, sent)
    if request.method == "POST" and error is None and _fits(request, acts, sent):
        return redirect("desk:patrol-shift", shift)
    context = {
        "line": shown.shown(one, names),
        "duty": shown.duty_of(actor, one, names, clock.now()),
        "form": form,
        "place": place,
        "runs": queries.runs(actor, one.ground),
    }
    return _page(request, "desk/patrol_shift.html", error, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def rosters(request: HttpRequest) -> HttpResponse:
    """Rosters, the newest first; a post asks for one."""
    actor, names = actor_of(request), shown.Names(actor_of(request))
    start = {"ground": shown.home(actor)}
    form = RosterForm(_sent(request, "ask"), points=names.choices(names.points), initial=start)
    acts: Acts = {"ask": lambda: service.ask(actor=actor, **_asked(form), now=clock.now())}
    error = _done(request, acts, {"ask": form})
    if request.method == "POST" and error is None and form.is_valid():
        return redirect("desk:patrol-rosters")
    lines = [(one, shown.sign(one.state), one.plan.date_of(one.days - 1)) for one in queries.rosters(actor)]
    context = {"lines": lines, "form": form, "runs": queries.runs(actor, shown.home(actor))}
    return _page(request, "desk/patrol_rosters.html", error, **context)


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
    error = _done(request, acts, {})
    if request.method == "POST" and error is None and request.POST.get("act") in acts:
        return redirect("desk:patrol-roster", roster)
    return _page(request, "desk/patrol_roster.html", error, page=shown.roster_page(actor_of(request), one))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def fleet(request: HttpRequest) -> HttpResponse:
    """Points, vessels, zones, routes and the posts that serve."""
    names = shown.Names(actor_of(request))
    found = _forms(request, names)
    acts = _acts(request, found)
    error = _done(request, acts, found)
    if request.method == "POST" and error is None and _fits(request, acts, found):
        return redirect("desk:patrol-fleet")
    return _page(request, "desk/patrol_fleet.html", error, forms=found, **_fleet(request, names))


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


def _forms(request: HttpRequest, names: shown.Names) -> dict[str, forms.Form]:
    actor = actor_of(request)
    ground, today = shown.home(actor), clock.now().date()
    start = {"ground": ground}
    points, zones = names.choices(names.points), names.choices(names.zones)
    around = posts.units(ground, on=today)[:200] if ground else []
    units = [(str(one.id), one.name) for one in around]
    titles = [
        (str(each.id), f"{one.name} {each.title}")
        for one in sorted(around, key=lambda one: one.id != actor.unit)
        if one.ground == ground  # the agencies of the same level, with whose posts crews are mixed
        for each in posts.posts(one.id, today)
    ]
    return {
        "point": PointForm(_sent(request, "point"), initial=start),
        "vessel": VesselForm(_sent(request, "vessel"), units=units, initial=start),
        "zone": PlaceForm(_sent(request, "zone"), initial=start),
        "outline": OutlineForm(_sent(request, "outline"), zones=zones),
        "route": RouteForm(_sent(request, "route"), points=points, zones=zones, initial=start),
        "officer": OfficerForm(_sent(request, "officer"), posts=titles, initial=start),
    }


def _acts(request: HttpRequest, found: dict[str, Any]) -> Acts:
    given: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    thing = shown.number_of(request.POST.get("thing", ""))
    kind, state = request.POST.get("kind", ""), request.POST.get("state", "")
    return {
        "point": lambda: service.add_point(**found["point"].given(), **given),
        "vessel": lambda: service.add_vessel(**found["vessel"].given(), **given),
        "zone": lambda: service.add_zone(**found["zone"].given(), **given),
        "outline": lambda: service.draw_zone(
            **{
                **found["outline"].cleaned_data,
                "zone": shown.number_of(found["outline"].cleaned_data["zone"]),
            },
            **given,
        ),
        "route": lambda: service.add_route(**_way(found["route"].given()), **given),
        "officer": lambda: service.set_officer(**found["officer"].cleaned_data, **given),
        "state": lambda: service.set_vessel(vessel=thing, state=state, **given),
        "end": lambda: service.end(kind=kind, thing=thing, **given),
        "leave_patrol": lambda: service.end_officer(officer=thing, **given),
    }


def _way(given: dict[str, Any]) -> dict[str, Any]:
    first, via, last = given.pop("first"), given.pop("via"), given.pop("last")
    stops = [shown.number_of(one) for one in (first, *(one for one in via if one not in (first, last)), last)]
    return {**given, "stops": stops, "zones": [shown.number_of(one) for one in given["zones"]]}


def _asked(form: RosterForm) -> dict[str, Any]:
    given = form.given()
    key = given.pop("key")
    points = tuple(shown.number_of(one) for one in given.pop("points"))
    return {"roster": NewRoster(points=points, **given), "key": key}


def _fleet(request: HttpRequest, names: shown.Names) -> dict[str, Any]:
    actor = actor_of(request)
    units = posts.unit_names({one.unit for one in names.vessels})
    officers = queries.officers(actor, on=clock.now().date())
    titles, agencies = (
        posts.post_titles(one.post for one in officers),
        posts.unit_names(one.unit for one in officers),
    )
    return {
        "points": [
            (one, words.POINT_WORDS[one.kind], [words.LEVEL_WORDS[each] for each in one.levels])
            for one in names.points
            if not one.ended
        ],
        "vessels": [
            (one, units.get(one.unit, ""), words.VESSEL_WORDS[one.state])
            for one in names.vessels
            if not one.ended
        ],
        "zones": [(one, [words.LEVEL_WORDS[each] for each in one.outlines]) for one in names.zones],
        "routes": [(one, [names.of.get(each, "") for each in one.stops]) for one in names.routes],
        "officers": [
            (
                one,
                f"{agencies[one.unit]} {titles.get(one.post, '')}",
                [words.SKILLS[each] for each in one.skills],
            )
            for one in officers
        ],
        "states": list(words.VESSEL_WORDS.items()),
        "runs": queries.runs(actor, shown.home(actor)),
    }


def _sent(request: HttpRequest, act: str) -> Any:
    return request.POST if request.method == "POST" and request.POST.get("act") == act else None


def _fits(request: HttpRequest, acts: Acts, found: dict[str, Any]) -> bool:
    act = request.POST.get("act", "")
    return act in acts and (act not in found or found[act].is_valid())


def _done(request: HttpRequest, acts: Acts, found: dict[str, Any]) -> GantangError | None:
    """Do what was sent where its form holds; the error that came of it."""
    if request.method != "POST" or not _fits(request, acts, found):
        return None
    try:
        acts[request.POST["act"]]()
    except GantangError as error:
        return error
    messages.success(request, _("存好了。"))
    return None


def _page(request: HttpRequest, template: str, error: GantangError | None, **more: Any) -> HttpResponse:
    context = {
        **frame(request, "patrol"),
        **more,
        "problem": problem(error) if error else None,
        "act": request.POST.get("act", ""),
    }
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
