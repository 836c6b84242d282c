"""Matters in the actor's own sight that read like one at hand: of the same village, whatever their class."""

from datetime import datetime
from typing import Any

from gantang.kit import scope
from gantang.kit.actor import Actor, is_apart
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.near import AGE, MOST, NEIGHBOURHOOD
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.rules import near as rules
from gantang.matters.types import Alike, MatterView

NEWEST = 200


def alike(actor: Actor, matter: MatterView, *, now: datetime) -> list[Alike]:
    """At most three, the likest first, each with how alike it is (0 to 1, Dice's measure of pairs of
    characters)."""
    if is_apart(matter.scope):
        return []
    with reading(actor):
        rows = {str(row.id): row for row in _rows(actor, matter, now)}
    gists = ((one, row.gist) for one, row in rows.items())
    return [_view(rows[one], matter) for one in rules.best(matter.gist, gists, most=MOST)]


def _rows(actor: Actor, matter: MatterView, now: datetime) -> list[Any]:
    low, high = scope.bounds(matter.scope[:NEIGHBOURHOOD])
    rows = Matter.objects.filter(where(actor, shared_with(actor)), scope__gte=low, scope__lt=high)
    rows = rows.filter(opened_at__gt=now - AGE, erased_at=None).exclude(id=matter.id)
    wanted = ("id", "number", "gist", "status", "opened_at", "ended_at", "class_code")
    return list(rows.order_by("-id").values_list(*wanted, named=True)[:NEWEST])


def _view(row: Any, matter: MatterView) -> Alike:
    return Alike(
        number=row.number,
        gist=row.gist,
        status=row.status,
        class_code=row.class_code,
        opened_at=row.opened_at,
        ended=row.ended_at is not None,
        likeness=rules.alike(matter.gist, row.gist),
    )
