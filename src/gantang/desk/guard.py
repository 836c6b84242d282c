"""Every page of the desk: signed in, acting for one post, errors told as pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from gantang.catalogue import queries as catalogue
from gantang.desk import ways
from gantang.faces.acting import POST_KEY, account_of, has_post
from gantang.faces.errors import told
from gantang.kit import clock
from gantang.matters import queries as matters
from gantang.posts import queries as posts

View = Callable[..., HttpResponseBase]


def staffed(view: View) -> View:
    """Wrap a view of the desk; a sign-in without a post is sent to the page that says so."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not has_post(request):
            return redirect("desk:me")
        return view(request, *args, **kwargs)

    return login_required(told(answer))


def frame(request: HttpRequest, here: str = "") -> dict[str, Any]:
    """What every page of the desk shows around its middle."""
    return {
        "now": clock.now(),
        "here": here,
        "density": getattr(request.user, "density", "") or "normal",
        "theme": getattr(request.user, "theme", "") or "light",
        "me": _me(request),
        "palette": ways.palette(admin=getattr(getattr(request, "actor", None), "admin", False)),
        **_administering(request),
    }


def _administering(request: HttpRequest) -> dict[str, Any]:
    """Whether the post administers, and how much then waits to be filled in; whether it answers people."""
    actor = getattr(request, "actor", None)
    admin, privacy = getattr(actor, "admin", False), actor is not None and matters.answers_people(actor)
    return {"admin": admin, "privacy": privacy, "waiting": len(catalogue.unfilled()) if admin else 0}


def _me(request: HttpRequest) -> dict[str, str]:
    post = request.session.get(POST_KEY)
    held = [one for one in posts.posts_of(account_of(request), clock.now().date()) if one.post.id == post]
    return {"unit": held[0].unit.name, "post": held[0].post.title} if held else {"unit": "", "post": ""}
