"""Who is acting: one account, for one post at a time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.posts import queries as posts

Handler = Callable[[HttpRequest], HttpResponse]
POST_KEY = "post"


def acting(get_response: Handler) -> Handler:
    """Give each request its ``actor``, looked up when first asked for: sight is date-tested at every request."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def _actor(request: HttpRequest) -> Actor:
    account = request.user
    if not account.is_authenticated or account.pk is None:
        return Actor(client="nobody")
    return posts.actor_of(account=account.pk, post=request.session.get(POST_KEY), on=clock.now().date())
