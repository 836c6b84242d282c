"""How many bookings one browser or address may make, and what 长辈版 asks for first."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, source, take
from gantang.portal import visitor
from gantang.portal.bookforms import BookForm
from gantang.reception.types import Day

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


def time_of(picked: Day | None, form: BookForm) -> datetime | None:
    """The time of the day that the form stands on; None where it stands on none of them."""
    given = str(form["at"].value() or "")
    times = picked.times if picked else ()
    return next((one.starts_at for one in times if one.starts_at.isoformat() == given), None)


def step(request: HttpRequest, form: BookForm, at: datetime | None) -> str:
    """The one thing that a page of 长辈版 asks for: the day, then the time, then who comes."""
    if at is not None:
        return "who"
    return "time" if form.is_bound or request.GET.get("day") else "day"
