"""A brake on guessing: so many wrong credentials of a kind from one address, then a pause."""

from django.core.cache import cache
from django.http import HttpRequest

from gantang.exchange.errors import TooManyTriesError

#: Wrong ones from one address before the pause, and how long both last.
MOST = 60
SECONDS = 600


def check(request: HttpRequest, kind: str) -> None:
    """Raises TooManyTriesError while the address is paused."""
    if cache.get(_name(request, kind), 0) >= MOST:
        raise TooManyTriesError(details={"minutes": SECONDS // 60})


def wrong(request: HttpRequest, kind: str) -> None:
    """One more wrong credential from this address."""
    name = _name(request, kind)
    if cache.add(name, 1, SECONDS):
        return
    try:
        cache.incr(name)
    except ValueError:  # it ran out between the two calls
        cache.set(name, 1, SECONDS)


def _name(request: HttpRequest, kind: str) -> str:
    return f"exchange:wrong:{kind}:{request.META.get('REMOTE_ADDR', '')}"
