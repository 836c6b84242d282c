"""The access code a visitor entered, in a signed cookie of this browser, so that no address holds it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "gantang_code"
SALT = "portal.code"
#: A visit: long enough to read and answer, short enough for a shared phone.
SECONDS = 3600


def name() -> str:
    """The name of that cookie here."""
    return f"{settings.GANTANG_COOKIE_PREFIX}{COOKIE}"


def held(request: HttpRequest) -> str:
    """The code of this visit, or ""."""
    return str(request.get_signed_cookie(name(), default="", salt=SALT, max_age=SECONDS) or "")


def hold(response: HttpResponse, code: str) -> None:
    """Keep the code for this visit."""
    response.set_signed_cookie(
        name(),
        code,
        salt=SALT,
        max_age=SECONDS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse) -> None:
    """Drop it."""
    response.delete_cookie(name(), path="/", samesite="Lax")
