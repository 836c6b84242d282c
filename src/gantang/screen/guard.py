"""Every page of this door: signed in, acting for one post, errors told as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from gantang.faces.errors import problem, told
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.screen.errors import NoSightError

View = Callable[..., HttpResponseBase]
POST_KEY = "post"


def staffed(view: View) -> View:
    """Wrap a view; a sign-in without a post is sent to the desk's page that says so."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _has_post(request):
            return redirect("desk:me")
        try:
            return view(request, *args, **kwargs)
        except NoSightError as error:
            shown = problem(error)
            return render(
                request, "screen/nothing.html", {"problem": shown, "code": shown.code}, status=shown.status
            )

    return login_required(told(answer))


def _has_post(request: HttpRequest) -> bool:
    """Whether the session acts for a post its account holds; when not, the first one held is taken."""
    account = int(str(request.user.pk))
    held = [one.post.id for one in posts.posts_of(account, clock.now().date())]
    if request.session.get(POST_KEY) not in held:
        if not held:
            return False
        request.session[POST_KEY] = held[0]
    return True


def actor_of(request: HttpRequest) -> Actor:
    """Who looks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
