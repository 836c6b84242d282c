"""What an administering post may change from the desk: its own ground, and what it is shown of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from gantang.catalogue.errors import NotAdminError, wrong_ground
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


def check_ground(actor: Actor, ground: str) -> None:
    """Own ground alone; the country's by whoever has nobody above. Errors: DayError."""
    home = home_of(actor)
    allowed = ground.startswith(home.ground) if ground else home.parent is None
    if not allowed:
        raise wrong_ground(ground or _("全国"))


def grounds(actor: Actor) -> list[tuple[str, str]]:
    """The country, the own ground and the grounds right below it, for a list to choose from."""
    home = home_of(actor)
    own = (home.ground, " ".join(territory.path(home.ground)[-2:]))
    below = [(one.prefix, f"　{one.name}") for one in territory.children(home.ground)]
    return [("", _("全国")), own, *below]
