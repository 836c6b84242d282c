"""The booking code a visitor entered, in a signed cookie of this browser, so that no address holds it; and
how many bookings one browser or address may make."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, source, take
from gantang.portal import visitor

COOKIE, SALT, SECONDS = "gantang_booking", "portal.booking", 3600
MINUTES = 10
BOOKINGS = Limit("portal.booking", 100, MINUTES * 60)
OWN_BOOKINGS = Limit("portal.booking.known", 10, MINUTES * 60)


class TooManyBookingsError(GantangError):
    """Too many bookings from one address or one browser."""

    status = 429
    code = "portal.too_many_bookings"
    sentence = _("这个网络地址约得太多了，这一次还没有约上。")
    remedy = _("填的都还在，请10分钟后再提交，或直接打电话约。")


def count(request: HttpRequest) -> None:
    """One more booking is about to be made. Errors: TooManyBookingsError."""
    number = visitor.known(request, now=clock.now())
    who = (OWN_BOOKINGS, number) if number else (BOOKINGS, source(request.META.get("REMOTE_ADDR", "")))
    if not take(*who, now=clock.now()):
        raise TooManyBookingsError


def held(request: HttpRequest) -> str:
    """The code of this visit, or ""."""
    return str(request.get_signed_cookie(_name(), default="", salt=SALT, max_age=SECONDS) or "")


def hold(response: HttpResponse, code: str) -> None:
    """Keep the code for this visit."""
    response.set_signed_cookie(
        _name(),
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
    response.delete_cookie(_name(), path="/", samesite="Lax")


def _name() -> str:
    return f"{settings.GANTANG_COOKIE_PREFIX}{COOKIE}"
