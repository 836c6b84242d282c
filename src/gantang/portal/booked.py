"""How many bookings one browser or address may make."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, source, take
from gantang.portal import visitor

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
