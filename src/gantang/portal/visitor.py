"""A browser that has reported, or opened a matter by its code, is known again: by a random number in a signed
cookie, kept nowhere else. So the limits of an address that many share never shut it out."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, SALT = "gantang_known", "portal.visitor"
AGE = timedelta(days=180)
#: A cookie counts only after a while, so that nobody makes oneself known many times over to guess on.
YOUNG = timedelta(hours=1)


def known(request: HttpRequest, *, now: datetime) -> str:
    """The browser's number once it has been known for an hour; else ""."""
    given = request.get_signed_cookie(name(), default="", salt=SALT, max_age=AGE)
    number, _, since = str(given or "").partition(".")
    is_old = since.isdecimal() and now.timestamp() - int(since) >= YOUNG.total_seconds()
    return number if is_old else ""


def meet(request: HttpRequest, response: HttpResponse, *, now: datetime) -> None:
    """Know this browser from now on, if it is not known yet."""
    if name() in request.COOKIES:
        return
    response.set_signed_cookie(
        name(),
        f"{secrets.token_hex(16)}.{int(now.timestamp())}",
        salt=SALT,
        max_age=AGE,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def name() -> str:
    """The name of that cookie here."""
    return f"{settings.GANTANG_COOKIE_PREFIX}{COOKIE}"
