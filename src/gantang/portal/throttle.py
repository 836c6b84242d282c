"""A brake on guessing access codes: so many wrong ones from one address, then a pause."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import GantangError

#: Wrong codes from one address before the pause, and how long both last.
MOST = 10
SECONDS = 600


class TooManyTriesError(GantangError):
    """Too many wrong codes from one address."""

    status = 429
    code = "portal.too_many_tries"
    sentence = _("试得太多了，先歇10分钟。")
    remedy = _("请核对回执上的查询码，10分钟后再试；或到窗口凭事项编号查询。")


def check(request: HttpRequest) -> None:
    """Raises TooManyTriesError while the address is paused."""
    if cache.get(_name(request), 0) >= MOST:
        raise TooManyTriesError


def wrong(request: HttpRequest) -> None:
    """One more wrong code from this address."""
    name = _name(request)
    if cache.add(name, 1, SECONDS):
        return
    try:
        cache.incr(name)
    except ValueError:  # it ran out between the two calls
        cache.set(name, 1, SECONDS)


def _name(request: HttpRequest) -> str:
    return f"portal:wrong:{request.META.get('REMOTE_ADDR', '')}"
