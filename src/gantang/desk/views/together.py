"""Several matters at once: choose a move, see what it does to each, then do it."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gantang.desk import together as shown
from gantang.desk.admin import actor_of
from gantang.desk.guard import frame, staffed
from gantang.kit import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staffed
def together(request: HttpRequest) -> HttpResponse:
    """The chosen matters with the moves they allow; with a move, the preview; a post makes it."""
    actor, now = actor_of(request), clock.now()
    given = request.POST if request.method == "POST" else request.GET
    every, move = shown.chosen(actor, given.getlist("number"), now=now), given.get("move", "")
    found = shown.lines(every, move) if move else [shown.Line(one) for one in every]
    page: dict[str, Any] = {"lines": found, "moves": shown.common(every), "move": move, "most": shown.MOST}
    page |= {"can": sum(not one.why_not for one in found), "key": secrets.token_urlsafe(16)}
    page["title"] = next((one.title for one in page["moves"] if one.move == move), "")
    kind = shown.form_for(found, move, now=now) if move else None
    if kind is None:
        return _page(request, page)
    form = kind(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, {**page, "form": form})
    if not form.is_valid():
        return _page(request, {**page, "form": form}, status=422)
    key = given.get("key", "") or page["key"]
    done = shown.act(actor, found, move, form.cleaned_answers(), key=key, now=now)
    many = sum(not one.why_not for one in done)
    now = clock.now()
    back, after = shown.ways_back(actor, done, now=now), shown.as_now(actor, done, now=now)
    return _page(request, {**page, "lines": after, "done": True, "can": many, "back": back})


def _page(request: HttpRequest, page: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "desk/together.html", {**frame(request, "queue"), **page}, status=status)
