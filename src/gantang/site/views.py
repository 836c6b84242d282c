"""Pages that belong to no room: faults, and the health that a supervisor asks for."""

import sys

import structlog
from django.db import InterfaceError, OperationalError, connection, connections
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gantang.faces.again import again
from gantang.kit.errors import GantangError

log = structlog.get_logger()


def health(request: HttpRequest) -> HttpResponse:
    """200 when a query works, 503 while the database is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return away(request)
    return JsonResponse({"status": "ok"})


def closed(_request: HttpRequest, **_parts: str) -> HttpResponse:
    """An address of a library that is none of the site's."""
    raise Http404


def fault(request: HttpRequest) -> HttpResponse:
    """Django's ``handler500``: a database that is away is no fault of ours, and is told as what it is."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return away(request)
    if _wants_json(request):
        sentence, remedy = (
            _("系统出了差错，没有改动任何内容。"),
            _("请稍后再试；再次出现请告诉管理员。"),
        )
        return _problem(500, "site.fault", sentence, remedy)
    return render(request, "faces/500.html", status=500)


def away(request: HttpRequest) -> HttpResponse:
    """503 正在恢复; the pool throws out its dead connections, so that the next query works at once."""
    for each in connections.all(initialized_only=True):
        pool = getattr(each, "pool", None) if each.alias != "owner" else None
        if pool is not None and not pool.closed:
            pool.check()
    if _wants_json(request):
        sentence, remedy = _("系统正在恢复，已受理的内容都在。"), _("请几秒后再试。")
        response = _problem(503, "site.recovering", sentence, remedy)
    else:
        response = render(request, "faces/503.html", {"again": again(request)}, status=503)
    response["Retry-After"], response["Cache-Control"] = "3", "no-store"
    return response


def refused(request: HttpRequest, error: GantangError) -> HttpResponse:
    """The start's check failed: nothing is served, and the log says why and what to do."""
    log.critical("site.refused", code=error.code, sentence=error.words, remedy=error.remedy_words)
    if _wants_json(request):
        return _problem(503, error.code, error.words, error.remedy_words)
    return render(request, "faces/500.html", status=503)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path == "/health"


def _problem(status: int, code: str, sentence: str, remedy: str) -> HttpResponse:
    """In the form of the API's own (``exchange``)."""
    body = {
        "type": f"urn:gantang:problem:{code}",
        "title": sentence,
        "status": status,
        "code": code,
        "sentence": sentence,
        "remedy": remedy,
        "details": {"fields": [], "reasons": []},
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
