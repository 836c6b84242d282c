"""What an administering post may change from the desk: its own ground, and what it is shown of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from gantang.catalogue.errors import NotAdminError, NotYoursError
from gantang.desk.guard import View, staffed
from gantang.kit.actor import Actor
from gantang.posts import queries as posts
from gantang.posts.types import UnitView
from gantang.territory import queries as territory


def administered(view: Callable[..., HttpResponseBase]) -> View:
    """Wrap a view of the desk for administering posts alone. Errors: NotAdminError."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not actor_of(request).admin:
            raise NotAdminError
        return view(request, *args, **kwargs)

    return staffed(answer)


def actor_of(request: HttpRequest) -> Actor:
    """Whoever acts in a request of the desk."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def home_of(actor: Actor) -> UnitView:
    """The unit that an administering actor acts for."""
    if actor.unit is None:
        raise NotAdminError
    return posts.unit(actor.unit)


def may_change(actor: Actor, ground: str) -> bool:
    """Own ground alone; the country's by whoever has nobody above."""
    home = home_of(actor)
    return ground.startswith(home.ground) if ground else home.parent is None


def check_ground(actor: Actor, ground: str) -> None:
    """The same as an error. Errors: NotYoursError."""
    if not may_change(actor, ground):
        raise NotYoursError


def own_grounds(actor: Actor) -> list[tuple[str, str]]:
    """The grounds that an actor may change, the own first."""
    every = [one for one in grounds(actor) if may_change(actor, one[0])]
    return sorted(every, key=lambda one: not one[0])


def grounds(actor: Actor) -> list[tuple[str, str]]:
    """The country, the own ground and the grounds right below it, for a list to choose from."""
    home = home_of(actor)
    own = (home.ground, " ".join(territory.path(home.ground)[-2:]))
    below = [(one.prefix, f"　{one.name}") for one in territory.children(home.ground)]
    return [("", _("全国")), own, *below]
