"""Brakes for whoever has no account: so many wrong credentials, or reports, from one address, then a pause.

Right tokens are looked at all the same; a code with a slip in it is found by its check characters and counts
nothing.
"""

from django.http import HttpRequest

from gantang.exchange.errors import TooManyReportsError, TooManyTriesError
from gantang.kit import clock
from gantang.kit.limits import Limit, is_spent, source, take

#: Wrong ones from one address before the pause, and in how many seconds as many are free again.
MOST, SECONDS = 60, 600
REPORTS = Limit("exchange.report", 300, SECONDS)


def check(request: HttpRequest, kind: str) -> None:
    """Raises TooManyTriesError while the address is paused."""
    if is_spent(_wrong(kind), _source(request), now=clock.now()):
        raise TooManyTriesError(details={"minutes": SECONDS // 60})


def wrong(request: HttpRequest, kind: str) -> None:
    """One more wrong credential from this address."""
    take(_wrong(kind), _source(request), now=clock.now())


def report(request: HttpRequest) -> None:
    """One more report without an account. Errors: TooManyReportsError."""
    if not take(REPORTS, _source(request), now=clock.now()):
        raise TooManyReportsError


def _wrong(kind: str) -> Limit:
    return Limit(f"exchange.wrong.{kind}", MOST, SECONDS)


def _source(request: HttpRequest) -> str:
    return source(request.META.get("REMOTE_ADDR", ""))
