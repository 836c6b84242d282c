"""Points, vessels, zones, routes and the posts that serve, at the desk."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import patrol as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import staffed
from gantang.desk.patrolacts import Acts, done, fits, page, sent
from gantang.desk.patrolplaces import OfficerForm, OutlineForm, PlaceForm, PointForm, RouteForm, VesselForm
from gantang.kit import clock
from gantang.patrol import queries, service
from gantang.patrol.queries import words
from gantang.posts import queries as posts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def fleet(request: HttpRequest) -> HttpResponse:
    """Points, vessels, zones, routes and the posts that serve."""
    names = shown.Names(actor_of(request))
    found = _forms(request, names)
    acts = _acts(request, found)
    error = done(request, acts, found)
    if request.method == "POST" and error is None and fits(request, acts, found):
        return redirect("desk:patrol-fleet")
    return page(request, "desk/patrol_fleet.html", error, forms=found, **_fleet(request, names))


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
        "point": PointForm(sent(request, "point"), initial=start),
        "vessel": VesselForm(sent(request, "vessel"), units=units, initial=start),
        "zone": PlaceForm(sent(request, "zone"), initial=start),
        "outline": OutlineForm(sent(request, "outline"), zones=zones),
        "route": RouteForm(sent(request, "route"), points=points, zones=zones, initial=start),
        "officer": OfficerForm(sent(request, "officer"), posts=titles, initial=start),
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
