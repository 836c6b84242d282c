"""Event streams. A line says that something changed, never what."""

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from time import monotonic
from typing import TypeVar
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gantang.faces.acting import POST_KEY
from gantang.kit import clock, window
from gantang.kit.errors import GantangError
from gantang.kit.live import LOOPBACK
from gantang.live import lines
from gantang.live.hub import hub
from gantang.matters import queries as matters
from gantang.posts import queries as posts

#: Seconds between two comments that keep a line alive, and how long one lasts.
BEAT, LONGEST = 20.0, 600.0
R = TypeVar("R", bound=HttpResponseBase)


@require_safe
async def matter(request: HttpRequest, number: str) -> HttpResponseBase:
    """A line to a matter in sight; 404 where it is not, 429 where there are too many lines."""
    who = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    found = await sync_to_async(_seen)(who, number)
    if found is None:
        return _answered(request, HttpResponse(status=404))
    if lines.are_full(who):
        return _answered(request, HttpResponse(status=429))
    told = _told(who, number, found)
    return _answered(request, StreamingHttpResponse(told, content_type="text/event-stream"))


async def _told(who: str, number: str, found: UUID) -> AsyncIterator[str]:
    end = monotonic() + LONGEST
    with lines.line(who), hub.bell(found) as bell:
        yield "retry: 3000\n\n"
        while (left := end - monotonic()) > 0:
            try:
                await asyncio.wait_for(bell.wait(), min(BEAT, left))
            except TimeoutError:
                yield ":\n\n"
                continue
            bell.clear()
            if await sync_to_async(_seen)(who, number) is None:
                yield "event: gone\ndata: -\n\n"
                return
            yield "event: changed\ndata: -\n\n"


def _seen(who: str, number: str) -> UUID | None:
    """The matter, where the sign-in still stands and its post sees it at this moment."""
    asked = HttpRequest()
    asked.session = import_module(settings.SESSION_ENGINE).SessionStore(who or None)
    now = clock.now()
    try:
        with window.window():
            account = get_user(asked)
            post = asked.session.get(POST_KEY)
            if not account.is_authenticated or account.pk is None or post is None:
                return None
            actor = posts.actor_of(account=account.pk, post=post, on=now.date())
            return matters.get(actor, number, now=now).id
    except GantangError:
        return None
    finally:
        close_old_connections()


def _answered(request: HttpRequest, response: R) -> R:
    """Open to the site's own pages alone, though they come from another port; passed on at once."""
    origin, own = request.headers.get("Origin", ""), f":{settings.GANTANG_PORT}"
    if origin in {*settings.CSRF_TRUSTED_ORIGINS, *(f"http://{name}{own}" for name in LOOPBACK)}:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Vary"] = "Origin, Cookie"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response
