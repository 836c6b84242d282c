"""All that the phone keeps for a day without signal, in one answer, in the sight of the post."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token

from gantang.faces import words
from gantang.faces.acting import account_of
from gantang.field import forms, guard, opening, tasks
from gantang.field.ground import ground
from gantang.kit.actor import Actor
from gantang.learning import queries as learning
from gantang.matters import queries
from gantang.posts import queries as posts
from gantang.posts.types import HeldPost
from gantang.procedures.types import CampaignView

CAMPAIGNS = 10


def today(request: HttpRequest, *, now: datetime) -> dict[str, Any]:
    """What is due, what may be opened and how, the own ground, the hour of the server."""
    actor = guard.actor_for(request)
    on = now.date()
    found, more = tasks.waiting(actor, now=now)
    here = ground(actor, on=on)
    return {
        "now": now.isoformat(),
        "day": words.day(on, today=on),
        "csrf": get_token(request),
        "kept_hours": settings.GANTANG_FIELD_KEPT_HOURS,
        "me": _me(request, actor, on),
        "tasks": found,
        "more": more,
        "notices": _notices(actor, on),
        **here,
        **opening.offered(actor, here["own"][0] if here["own"] else "", now=now),
    }


def _me(request: HttpRequest, actor: Actor, on: date) -> dict[str, Any]:
    held = next((one for one in guard.held(request) if one.post.id == actor.post), None)
    return {
        "account": account_of(request),
        "post": actor.post,
        "title": held.post.title if held else "",
        "unit": held.unit.name if held else "",
        "hours": _hours(actor, held, on),
    }


def _hours(actor: Actor, held: HeldPost | None, on: date) -> dict[str, int] | None:
    """Hours of training done and asked for this year, where the post has any to do."""
    if held is None or not held.post.role or actor.account is None:
        return None
    done = learning.hours({actor.account: date(on.year, 1, 1)}, on=on)
    return {"done": done.get(actor.account, 0), "asked": posts.needs(on).hours_year}


def _notices(actor: Actor, on: date) -> list[dict[str, str]]:
    """Campaigns that go on on the own ground."""
    found = [one for one in queries.campaigns(actor, size=CAMPAIGNS) if one.state == "open"]
    return [_notice(one, on) for one in found]


def _notice(one: CampaignView, on: date) -> dict[str, str]:
    return {"title": one.title.of(forms.lang()), "until": words.day(one.until, today=on, weekday=False)}
