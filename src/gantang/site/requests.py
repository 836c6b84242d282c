"""Every request has an id and is one line of the log: which address (as it is declared, never as it was
asked), how it ended, how long it took. Of the addresses of protected tips there is no line and no count."""

import re
import secrets
from collections.abc import Callable
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponse

from gantang.kit import figures, spans

Handler = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger()
HEADER = "X-Request-ID"
#: What a trusted proxy may have called it.
_FIT = re.compile(r"[0-9A-Za-z-]{8,64}")
#: Nothing below these addresses leaves a sign.
SILENT = ("/tip/", "/desk/sealed/")


def known(get_response: Handler) -> Handler:
    """Give the request its id, say it in the answer, and tell how it went."""

    def answer(request: HttpRequest) -> HttpResponse:
        id_ = _id(request)
        with structlog.contextvars.bound_contextvars(request=id_):
            respond = _silently if is_silent(request) else _told
            response = respond(get_response, request)
        response.headers[HEADER] = id_
        return response

    return answer


def is_silent(request: HttpRequest) -> bool:
    """Whether the address is one of a protected tip."""
    return f"{request.path_info}/".startswith(SILENT)


def route_of(request: HttpRequest) -> str:
    """The address as it is declared: numbers and codes in it stay out."""
    match = request.resolver_match
    return match.route if match else "-"


def _silently(get_response: Handler, request: HttpRequest) -> HttpResponse:
    with spans.silence():
        return get_response(request)


def _told(get_response: Handler, request: HttpRequest) -> HttpResponse:
    began = perf_counter()
    with spans.span("request", method=_method(request)) as span:
        response = get_response(request)
        route, seconds = route_of(request), perf_counter() - began
        if span is not None:
            span.set_attribute("route", route)  # type: ignore[attr-defined]
            span.set_attribute("status", response.status_code)  # type: ignore[attr-defined]
    figures.answered(_method(request), route, response.status_code, seconds)
    log.info(
        "request",
        method=_method(request),
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        **_who(request),
    )
    return response


def _who(request: HttpRequest) -> dict[str, str]:
    """The account or program, where it was looked up anyway: asking for it may cost a query."""
    actor = request.__dict__.get("actor")
    looked_up = getattr(actor, "_wrapped", actor)
    client = getattr(looked_up, "client", "") if looked_up is not None else ""
    return {"client": client} if client.startswith(("account:", "api:")) else {}


def _method(request: HttpRequest) -> str:
    known_ones = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known_ones else "OTHER"


def _id(request: HttpRequest) -> str:
    """The proxy's own word for it, which strangers' were dropped from before; else a new one."""
    given = request.headers.get(HEADER, "")
    return given if _FIT.fullmatch(given) else secrets.token_hex(8)
