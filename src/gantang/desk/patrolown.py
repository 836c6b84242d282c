"""One's own shifts with their orders, and shifts that are over, as the desk shows them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gantang.desk.patrol import Names, order_lines, shown, sign
from gantang.faces.vocabulary import Sign
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.patrol import queries
from gantang.patrol.queries import words
from gantang.patrol.types import PastView
from gantang.posts import queries as posts


def lines(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """The shifts to come of one's own post, today's first, each with its open orders."""
    names, today = Names(actor), now.astimezone(clock.ZONE).date()
    shifts = queries.mine(actor, now=now)
    orders = order_lines(actor, queries.orders(actor), names)
    return [
        {
            **shown(one, names),
            "today": one.starts_at.astimezone(clock.ZONE).date() <= today,
            "orders": [each for each in orders if each["order"].shift == one.id],
        }
        for one in shifts
    ]


def past_lines(actor: Actor, found: Iterable[PastView]) -> list[dict[str, Any]]:
    """Shifts that are over with names; the level as it was when the vessel went out."""
    names = Names(actor)
    return [
        {
            **shown(one.shift, names),
            "sign": _over(one),
            "past": one,
            "level": words.LEVEL_WORDS.get(one.level, ""),
        }
        for one in found
    ]


def _over(one: PastView) -> Sign:
    """How a shift that is over ended; one that nobody went out on stays planned in the books."""
    return sign("missed" if one.shift.state == "planned" else one.shift.state)


def levels(actor: Actor) -> list[dict[str, Any]]:
    """What was said of the water last, and by which post."""
    found = queries.levels(actor)
    titles = posts.post_titles({one.post for one in found if one.post})
    return [
        {
            "level": one,
            "word": words.LEVEL_WORDS[one.level],
            "by": titles.get(one.post, "") if one.post else "",
        }
        for one in found
    ]
