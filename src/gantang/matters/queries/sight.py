"""Authorisation as a filter on the row: what ``rules.sight`` says of one matter, in SQL of all."""

from uuid import UUID

from django.db.models import Q

from gantang.kit import scope, window
from gantang.kit.actor import ANY_CLASS, SYSTEM, Actor, Triple
from gantang.kit.work import reading
from gantang.matters.models import Matter, Share
from gantang.posts import queries as posts
from gantang.posts.types import WIDE

#: As many shared matters as a list looks into beside its ground (data layer §2).
SHARED = 500


def where(actor: Actor, shared: list[UUID]) -> Q:
    """Matters in the actor's sight: by its triples, by the shares of its unit, or by name."""
    named = [*shared, *actor.named]
    return _by_triples(actor) | Q(id__in=named) if named else _by_triples(actor)


def parts(actor: Actor, shared: list[UUID]) -> list[Q]:
    """The same in two conditions, ground and names, where both are there: each has an index that gives its
    first page, both together have none."""
    named = [*shared, *actor.named]
    ground = [_by_triples(actor)] if actor.sight or not named else []
    return [*ground, Q(id__in=named)] if named else ground


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


def shared_with(actor: Actor, *, before: UUID | None = None, after: UUID | None = None) -> list[UUID]:
    """The newest matters that the actor's unit takes part in and its post can fill (``rules.taking_part``);
    read once a window.

    A list from the newest to the oldest asks for those ``before`` its cursor, and so reaches them all; one
    from the oldest for the oldest ``after`` it.
    """
    key = ("shared", actor.unit, actor.post, before, after)
    return window.once(key, lambda: _shared(actor, before, after))


def _shared(actor: Actor, before: UUID | None, after: UUID | None) -> list[UUID]:
    if actor.unit is None or actor.post is None:
        return []
    post = posts.post(actor.post)
    order = "-matter_id" if after is None else "matter_id"
    rows = Share.objects.filter(unit=actor.unit, until=None).order_by(order)
    if "leader" not in post.duties:
        rows = rows.filter(role__in=post.duties)
    beyond = {"matter_id__lt": before, "matter_id__gt": after}
    rows = rows.filter(**{name: value for name, value in beyond.items() if value is not None})
    found = list(dict.fromkeys(rows.values_list("matter_id", flat=True)[:SHARED]))
    return reached(post.ground, found)


def reached(ground: str, ids: list[UUID]) -> list[UUID]:
    """Those of the matters a unit takes part in that a post reaches: one narrowed to a part of its unit's
    ground ("" is all of it) takes no part in what lies beyond."""
    if not ground or not ids:
        return ids
    with reading(SYSTEM, ids=ids):
        rows = Matter.objects.filter(_ground(ground), id__in=ids).order_by("-id")
        return list(rows.values_list("id", flat=True))
