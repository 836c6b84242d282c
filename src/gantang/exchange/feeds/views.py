"""Feeds for everybody: may be kept by whoever passes them on, but not without asking again, so that what was
withdrawn is gone with the next question."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.views.decorators.http import require_safe

from gantang.exchange.api.v1.problem import MEDIA
from gantang.exchange.errors import TooManyFeedsError
from gantang.exchange.feeds import document
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, source, take
from gantang.matters import queries

#: Feeds that one address (all who come through one proxy) may ask for within so many seconds.
FEEDS = Limit("exchange.feed", 240, 60, block=20)


@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """What a procedure states to everybody: the whole set in force, signed, with an expiry."""
    now = clock.now()
    try:
        if not take(FEEDS, source(request.META.get("REMOTE_ADDR", "")), now=now):
            raise TooManyFeedsError
        stated = queries.stated(name, now=now)
    except GantangError as error:
        told = {
            "code": error.code,
            "title": error.words,
            "detail": error.remedy_words,
            "status": error.status,
        }
        return JsonResponse(told, status=error.status, content_type=MEDIA)
    mark = f'"{document.etag(name, stated, now=now)}"'
    response: HttpResponse
    if mark in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        body = document.document(name, stated, now=now)
        response = HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = mark
    response.headers["Cache-Control"] = "public, no-cache"
    return response
