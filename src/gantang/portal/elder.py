"""长辈版: the same pages, larger and with fewer things, remembered by a cookie of this browser."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "gantang_elder"
SECONDS = 365 * 24 * 3600


def name() -> str:
    """The name of that cookie here."""
    return f"{settings.GANTANG_COOKIE_PREFIX}{COOKIE}"


def is_on(request: HttpRequest) -> bool:
    """Whether this browser asked for it."""
    return request.COOKIES.get(name()) == "on"


def put(response: HttpResponse, *, on: bool) -> None:
    """Remember it, or stop."""
    if not on:
        response.delete_cookie(name(), path="/", samesite="Lax")
        return
    response.set_cookie(
        name(),
        "on",
        max_age=SECONDS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def shown(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """For templates: ``elder``, looked up only when a page asks (those of tips read no cookie)."""
    return {"elder": lambda: is_on(request)}
