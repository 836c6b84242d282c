"""Every page of this door: signed in, acting for one post, errors told as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from gantang.faces.acting import has_post
from gantang.faces.errors import problem, told
from gantang.kit.actor import Actor
from gantang.screen.errors import NoSightError

View = Callable[..., HttpResponseBase]


def staffed(view: View) -> View:
    """Wrap a view; a sign-in without a post is sent to the desk's page that says so."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_post(request):
            return redirect("desk:me")
        try:
            return view(request, *args, **kwargs)
        except NoSightError as error:
            shown = problem(error)
            return render(
                request, "screen/nothing.html", {"problem": shown, "code": shown.code}, status=shown.status
            )

    return login_required(told(answer))


def actor_of(request: HttpRequest) -> Actor:
    """Who looks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
