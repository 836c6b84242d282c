"""Balances of a ground from the counts that are kept: no matter is read, four statements at any level."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from gantang.kit.actor import ANY_CLASS, Actor, covers_ground
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.rules import balancing as rules
from gantang.matters.types import Balances
from gantang.posts.types import WIDE
from gantang.tallies import queries as tallies
from gantang.tallies.types import STOCK

#: How counts are split by town and country; ``none`` lies on ground that is wider than either.
URBAN = {"urban": "urban", "rural": "rural", "none": ""}


def balances(actor: Actor, *, ground: str, since: date, until: date, urban: str = "") -> Balances:
    """What was open before a period, what came and went in it and what is left, by class and by town and
    country, on the ground as it lies; ``urban`` (urban, rural, none) narrows it.

    Only classes of which the actor sees every matter of the ground. Errors: ForbiddenError where there is
    none.
    """
    classes = whole_classes(actor, ground)
    if not classes:
        raise ForbiddenError
    filters = ({} if ANY_CLASS in classes else {"klass": classes}) | split_by(urban)
    counted = partial(tallies.table, measures=STOCK, ground=ground, filters=filters)
    with reading(actor):
        by_class, halves = (
            rules.lines(
                counted(dimension, until=since - timedelta(days=1)),
                counted(dimension, since=since, until=until),
            )
            for dimension in ("klass", "urban")
        )
    return Balances(ground, since, until, by_class, classes, halves)


def balance_grounds(actor: Actor) -> list[str]:
    """The widest grounds of which the actor sees every matter of some class, in their order."""
    mine = {one.ground for one in actor.sight if one.duty in WIDE and one.ground.isdigit()}
    return sorted(a for a in mine if not any(a != b and a.startswith(b) for b in mine))


def split_by(urban: str) -> dict[str, Any]:
    """What narrows counts to town, to country, or to neither; to nothing for all of them."""
    return {"urban": URBAN[urban]} if urban in URBAN else {}


def whole_classes(actor: Actor, ground: str) -> tuple[str, ...]:
    """The classes of which the actor sees every matter of a ground."""
    lines = (one for one in actor.sight if one.duty in WIDE and ground and covers_ground(one.ground, ground))
    return tuple(sorted({one.klass for one in lines}))
