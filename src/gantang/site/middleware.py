"""What surrounds every request: a database that is away, and who is acting."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from gantang.faces.acting import POST_KEY, must_choose
from gantang.kit import clock, window
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.posts import queries as posts
from gantang.site import start, views

#: Where a second factor is set up: by nobody whose password is still the one that was given.
FACTORS = "/accounts/2fa/"
Handler = Callable[[HttpRequest], HttpResponse]


def recovering(get_response: Handler) -> Handler:
    """Answer 503 while the database is away, and serve nothing before the start's check has passed.

    The check is made here and not only when the process starts: the database may be away just then.
    """
    unchecked = [True]

    def answer(request: HttpRequest) -> HttpResponse:
        if unchecked:
            try:
                start.check()
            except GantangError as error:
                return views.refused(request, error)
            unchecked.clear()
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        return views.away(request) if isinstance(error, (OperationalError, InterfaceError)) else None

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer


def acting(get_response: Handler) -> Handler:
    """Give each request its ``actor``, looked up when first asked for: sight is tested at every request."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        if request.path.startswith(FACTORS) and must_choose(request):
            return redirect("account_change_password")
        with window.window():
            return get_response(request)

    return answer


def _actor(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated or account.pk is None:
        return Actor(client="nobody")
    if must_choose(request):
        return Actor(client="nobody")
    return posts.actor_of(account=account.pk, post=request.session.get(POST_KEY), on=clock.now().date())
