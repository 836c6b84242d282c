"""Authorisation as a filter on the row: what ``rules.sight`` says of one matter, in SQL of all."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gantang.kit import scope, window
from gantang.kit.actor import ANY_CLASS, SYSTEM, Actor, Triple
from gantang.kit.work import reading
from gantang.matters.models import Matter, Share
from gantang.posts import queries as posts
from gantang.posts.types import WIDE, PostView

#: As many shared matters as a list looks into beside its ground (data layer §2).
SHARED = 500
#: Where an open matter stands in a list by deadline.
Key = tuple[datetime, UUID]
_OPEN = f"SELECT matter_shared_open({', '.join(['%s'] * 9)})"


def where(actor: Actor, shared: list[UUID]) -> Q:
    """Matters in the actor's sight: by its triples, by the shares of its unit, or by name."""
    named = [*shared, *actor.named]
    return _by_triples(actor) | Q(id__in=named) if named else _by_triples(actor)


def parts(actor: Actor, shared: list[UUID]) -> list[Q]:
    """The same in two conditions, ground and names, where both are there: each has an index that gives its
    first page, both together have none."""
    ground, named = places(actor, shared)
    return [*ground, *named]


def places(actor: Actor, shared: list[UUID]) -> tuple[list[Q], list[Q]]:
    """The conditions of ``parts`` by what they are: ground, names."""
    named = [*shared, *actor.named]
    ground = [_by_triples(actor)] if actor.sight or not named else []
    return ground, [Q(id__in=named)] if named else []


def _by_triples(actor: Actor) -> Q:
    wide = {(t.klass, t.ground) for t in actor.sight if t.duty in WIDE}
    held = {(t.klass, t.ground, t.unit) for t in actor.sight if t.duty not in WIDE}
    found = Q(pk__in=[])
    for klass, ground in sorted(wide):
        if not _is_covered((klass, ground), wide):
            found |= _ground(ground) & _class(klass)
    for klass, ground, unit in sorted(held):
        found |= _ground(ground) & _class(klass) & (Q(owner_unit=unit) | Q(unit=unit))
    return found


def _is_covered(one: tuple[str, str], all_: set[tuple[str, str]]) -> bool:
    """Whether another line sees all that this one sees: it need not be asked for."""
    return any(other != one and Triple(*other, "", 0).covers(*one) for other in all_)


def _ground(ground: str) -> Q:
    low, high = scope.bounds(ground)
    return Q(scope__gte=low, scope__lt=high)


def _class(klass: str) -> Q:
    if klass == ANY_CLASS:
        return Q()
    return Q(class_code=klass) | Q(class_code__gte=f"{klass}.", class_code__lt=f"{klass}/")


def shared_with(
    actor: Actor, *, before: UUID | None = None, after: UUID | None = None, most: int | None = None
) -> list[UUID]:
    """The newest matters that the actor's unit takes part in and its post can fill (``rules.taking_part``);
    read once a window.

    A list from the newest to the oldest asks for those ``before`` its cursor, and so reaches them all; one
    from the oldest for the oldest ``after`` it. ``most``: no more than these are wanted.
    """
    key = ("shared", actor.unit, actor.post, before, after, most)
    return window.once(key, lambda: _shared(actor, before, after, most))


def _shared(actor: Actor, before: UUID | None, after: UUID | None, most: int | None) -> list[UUID]:
    if actor.unit is None or actor.post is None:
        return []
    post = posts.post(actor.post)
    among = SHARED if most is None or post.ground else min(most, SHARED)  # one narrowed reaches some of them
    rows = Share.objects.filter(unit=actor.unit, until=None)
    beyond = {"matter_id__lt": before, "matter_id__gt": after}
    rows = rows.filter(**{name: value for name, value in beyond.items() if value is not None})
    order = "-matter_id" if after is None else "matter_id"
    ids = rows.order_by(order).values_list("matter_id", flat=True)
    if (roles := roles_of(post)) is None:
        return reached(post.ground, list(ids.distinct()[:among]))
    each = [ids.filter(role=role)[:among] for role in roles] or [ids.none()]
    found = sorted(set(each[0].union(*each[1:], all=True)), reverse=after is None)
    return reached(post.ground, found[:among])


def roles_of(post: PostView) -> list[str] | None:
    """The roles of its unit that a post can fill, each of which is looked for by itself; None are all."""
    return None if "leader" in post.duties else sorted(post.duties)


def shared_open(
    actor: Actor, *, after: Key | None = None, before: Key | None = None, most: int | None = None
) -> list[UUID]:
    """Of the same those that are open, within these deadlines; the first ``most`` of them."""
    if actor.unit is None or actor.post is None:
        return []
    unit, post = actor.unit, posts.post(actor.post)
    nothing = (None, None)
    asked = [unit, roles_of(post), post.ground, *(after or nothing), *(before or nothing)]

    def found() -> list[UUID]:
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [*asked, SHARED, SHARED if most is None else most])
            return [row[0] for row in cursor.fetchall()]

    return window.once(("open", unit, actor.post, after, before, most), found)


def reached(ground: str, ids: list[UUID]) -> list[UUID]:
    """Those of the matters a unit takes part in that a post reaches: one narrowed to a part of its unit's
    ground ("" is all of it) takes no part in what lies beyond."""
    if not ground or not ids:
        return ids
    with reading(SYSTEM, ids=ids):
        rows = Matter.objects.filter(_ground(ground), id__in=ids).order_by("-id")
        return list(rows.values_list("id", flat=True))
