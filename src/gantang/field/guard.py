"""Every answer of this door to the phone's own script: JSON, signed in, acting for a post held today."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from gantang.faces.acting import POST_KEY, account_of, must_choose
from gantang.faces.errors import problem
from gantang.field.errors import NoPostError, RevokedError, SignInError
from gantang.identity import queries as identity
from gantang.identity.adapter import device_cookie
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.posts import queries as posts
from gantang.posts.types import HeldPost

View = Callable[..., HttpResponseBase]


def answering(view: View) -> View:
    """Wrap a view for the script: whoever is not signed in gets 401, every error of ours its JSON."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            _signed_in(request)
            return view(request, *args, **kwargs)
        except GantangError as error:
            return refusal(error)

    return answer


def refusal(error: GantangError, **more: Any) -> JsonResponse:
    """An error as the phone shows it: code, sentence, remedy, each field and each reason."""
    told = problem(error)
    fields = [{"field": one["field"], "sentence": one["sentence"]} for one in error.details.get("fields", ())]
    body = {"code": told.code, "sentence": told.sentence, "remedy": told.remedy, "fields": fields}
    return JsonResponse(body | {"reasons": list(told.reasons), **more}, status=error.status)


def _signed_in(request: HttpRequest) -> None:
    """Errors: SignInError; RevokedError for a device that was known and no longer is."""
    if request.user.is_authenticated:
        return
    secret = request.COOKIES.get(device_cookie(), "")
    raise RevokedError if secret and not identity.is_device(secret) else SignInError


def held(request: HttpRequest) -> list[HeldPost]:
    """The posts the account holds today; none before it has chosen a password of its own."""
    if must_choose(request):
        return []
    return posts.posts_of(account_of(request), clock.now().date())


def actor_for(request: HttpRequest, post: int | None = None) -> Actor:
    """Who acts: for the post named, else the session's, else the first one held. Errors: NotHolderError,
    NoPostError."""
    on = clock.now().date()
    mine = [one.post.id for one in held(request)]
    if not mine:
        raise NoPostError
    if post is None:
        chosen = request.session.get(POST_KEY)
        post = chosen if chosen in mine else None
    return posts.actor_of(account=account_of(request), post=post, on=on).on_ground()
