"""Who saw what: the vault's openings of one matter, and of a unit in a span of days.

It answers for a matter and for a unit, never for a person: nothing here is asked, sorted or counted by an
account.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from gantang.kit import keys, scope
from gantang.kit.actor import SYSTEM, Actor, covers_ground, is_apart
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.finding import seen
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.queries.standing import ALL
from gantang.matters.types import LooksPage, LookView
from gantang.posts import queries as posts
from gantang.posts.types import UnitView
from gantang.vault import queries as vault
from gantang.vault.types import Look

#: Whose duty it is to watch how a unit looks; on a matter they are told the sign-in name beside the post.
WATCH = frozenset({"leader", "supervisor", "privacy"})
PAGE = 50


def looks(actor: Actor, matter: UUID, *, before: UUID | None = None, most: int = PAGE) -> LooksPage:
    """Who looked at a matter in the actor's sight, the newest first: unit and post to every duty on it, the
    account too to those who watch. Errors: MatterNotFoundError, ForbiddenError for people outside."""
    if actor.post is None:
        raise ForbiddenError
    with reading(actor, ids=[matter]):
        row, duties = seen(actor, matter)
    found = vault.looks_at(matter, before=before, most=most + 1)
    names = bool(duties & WATCH)
    return _page([_view(one, row.number, named=names) for one in found], most)


def watches(actor: Actor, unit: UnitView) -> bool:
    """Whether an actor may ask how a unit looked: it administers the unit's ground, or watches over it."""
    if actor.admin and actor.unit is not None and unit.ground.startswith(posts.unit(actor.unit).ground):
        return True
    held = [one for one in actor.sight if one.duty in WATCH]
    return any(one.unit == unit.id or covers_ground(one.ground, unit.ground) for one in held)


def looks_of_unit(
    actor: Actor, unit: UnitView, *, since: datetime, until: datetime, before: UUID | None = None
) -> LooksPage:
    """What a unit's posts looked at in a span, the newest first; a matter is named where the actor sees it.

    What lies apart is left out for whoever does not see it: not even that somebody looked. Errors:
    ForbiddenError.
    """
    if not watches(actor, unit):
        raise ForbiddenError
    held = posts.posts_between(unit.id, since.date(), until.date())
    found = vault.looks_by(held, since=since, until=until, before=before, most=PAGE + 1) if held else []
    numbers, hidden = _numbers(actor, {one.matter for one in found if one.matter})
    lines = [_view(one, numbers.get(one.matter, ""), named=False) for one in found]
    page = _page(lines, PAGE)
    return replace(page, lines=tuple(one for one in page.lines if one.matter not in hidden))


def _page(lines: list[LookView], most: int) -> LooksPage:
    shown = lines[:most]
    return LooksPage(tuple(shown), shown[-1].id if len(lines) > most else None)


def _view(one: Look, number: str, *, named: bool) -> LookView:
    account = one.account if named else None
    return LookView(
        one.id, one.at, one.post, account, one.client, one.what, one.field, one.reason, one.matter, number
    )


def _numbers(actor: Actor, ids: Collection[UUID]) -> tuple[dict[UUID | None, str], frozenset[UUID]]:
    """The numbers of those in the actor's sight, and those that it may not even know of."""
    pairs = [(keys.city_of(one), one) for one in ids]
    shared = [one for one in shared_with(actor) if one in ids]
    with reading(actor, ids=shared):
        rows = Matter.objects.filter(where(actor, shared), pk__in=pairs)
        numbers: dict[UUID | None, str] = dict(rows.values_list("id", "number"))
    with reading(SYSTEM, ids=list(ids)):
        scope.enter(ranges=ALL, ids=list(ids))
        known = dict(Matter.objects.filter(pk__in=pairs).values_list("id", "scope"))
    hidden = {one for one in ids if one not in numbers and (one not in known or is_apart(known[one]))}
    return numbers, frozenset(hidden)
