"""The leader's page, for laptop and phone, and the weekly report."""

from dataclasses import replace
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gantang.kit import clock, replica
from gantang.kit.work import reading
from gantang.posts import queries as posts
from gantang.screen.guard import actor_of, staffed
from gantang.screen.leader import answers
from gantang.screen.measures import asked
from gantang.screen.report import last_sunday
from gantang.screen.report import report as written
from gantang.screen.sight import grounds, seen
from gantang.territory import queries as territory


@never_cache
@require_safe
@staffed
def leader(request: HttpRequest) -> HttpResponse:
    """Five questions of a ground, each answered in a sentence, with the rows behind every number."""
    actor, now = actor_of(request), clock.now()
    found = seen(actor, request.GET.get("ground", ""))
    offered = _offered(actor_grounds := grounds(actor), found.ground)
    with replica.aside(), reading(actor):
        told = answers(found, asked(request.GET, now.date()))
    context = {
        "now": now,
        "theme": getattr(request.user, "theme", "") or "light",
        "ground": found.ground,
        "name": territory.names([found.ground])[found.ground],
        "offered": offered if len(offered) > 1 or len(actor_grounds) > 1 else [],
        **told,
    }
    return render(request, "screen/leader.html", context)


def _offered(tops: tuple[str, ...], ground: str) -> list[tuple[str, str]]:
    """The grounds to choose from: one's own, the way down to this one, and what lies below it."""
    above = {ground[:digits] for digits in (2, 4, 6, 9, 12, 15) if digits <= len(ground)}
    way = {one for one in above if any(one.startswith(top) for top in tops)}
    below = {one.prefix for one in territory.children(ground)} if len(ground) < 12 else set()
    return sorted(territory.names({*tops, *way, *below}).items())


@never_cache
@require_safe
@staffed
def report(request: HttpRequest) -> HttpResponse:
    """The weekly report of a ground as PDF, up to the last Sunday."""
    actor, now = actor_of(request), clock.now()
    found = seen(actor, request.GET.get("ground", ""))
    until = last_sunday(now.date())
    with replica.aside(), reading(actor):
        unit = posts.unit(actor.unit).name if actor.unit is not None else ""
        body = written(found, replace(asked({}, until), today=until), unit=unit, now=now)
    answer = HttpResponse(body, content_type="application/pdf")
    name = f"{_('周报')}-{found.ground}-{until:%Y%m%d}.pdf"
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
