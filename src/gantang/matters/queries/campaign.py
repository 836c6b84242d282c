"""A campaign as its figures and lists show it, always in the actor's sight."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from gantang.kit import scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, decode_key, keyset_of
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.lists import LARGEST_PAGE, NEWEST, PAGE
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.queries.views import row_views
from gantang.matters.rules.campaigns import silent
from gantang.matters.types import Covered, MatterRow
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures
from gantang.procedures.errors import UnknownCampaignError
from gantang.procedures.types import CampaignView
from gantang.tallies import queries as tallies
from gantang.tallies.types import CAMPAIGN_MEASURES

BY_PLACE = ("scope", "id")


def campaign(actor: Actor, number: int) -> CampaignView:
    """A campaign that bears on the actor's ground. Errors: UnknownCampaignError."""
    found = procedures.campaign(number)
    if not grounds_of(actor, found):
        raise UnknownCampaignError
    return found


def campaigns(actor: Actor, *, before: int | None = None, size: int = PAGE) -> list[CampaignView]:
    """Those that bear on the actor's ground, the newest first."""
    found: list[CampaignView] = []
    while len(found) < size:
        more = procedures.campaigns(before=before, size=LARGEST_PAGE)
        found += [one for one in more if grounds_of(actor, one)]
        if len(more) < LARGEST_PAGE:
            break
        before = more[-1].id
    return found[:size]


def grounds_of(actor: Actor, one: CampaignView) -> tuple[str, ...]:
    """The part of a campaign's ground that the actor sees, by its widest prefixes."""
    mine = {triple.ground for triple in actor.sight if _sees(triple.klass, one.klass)}
    theirs = set(one.grounds) or set(_unit_grounds(one))
    met = {narrow for narrow in (_common(a, b) for a in mine for b in theirs) if narrow is not None}
    return tuple(sorted(a for a in met if not any(a != b and a.startswith(b) for b in met)))


def _sees(wide: str, klass: str) -> bool:
    return wide in ("*", klass) or klass.startswith(f"{wide}.")


def _common(one: str, other: str) -> str | None:
    if one.startswith("~") or not (one.startswith(other) or other.startswith(one)):
        return None
    return max(one, other, key=len)


def _unit_grounds(one: CampaignView) -> list[str]:
    return [posts.unit(number).ground for number in one.units]


def coverage(actor: Actor, number: int, ground: str = "") -> tuple[Covered, list[Covered]]:
    """The figures of a ground in sight (of all that is seen without one) and of what lies one level below it.

    Exact: kept, not counted. Errors: UnknownCampaignError, also for ground out of sight.
    """
    found = campaign(actor, number)
    roots = grounds_of(actor, found)
    if ground and not any(ground.startswith(root) for root in roots):
        raise UnknownCampaignError
    chosen = (ground,) if ground else roots
    one = chosen[0] if len(chosen) == 1 else None
    below = _below(found, one) if one else [_of(found, each) for each in chosen]
    return _sum(ground, [_of(found, one) for one in chosen]), below


def coverages(actor: Actor, found: Sequence[CampaignView]) -> dict[int, Covered]:
    """The figures of several campaigns, each over what the actor sees of its ground, by number: one statement
    for each ground, however many campaigns."""
    roots = {one.id: grounds_of(actor, one) for one in found}
    told: dict[int, list[Covered]] = {one.id: [] for one in found}
    for ground in sorted({ground for theirs in roots.values() for ground in theirs}):
        here = [number for number, theirs in roots.items() if ground in theirs]
        split = tallies.table("campaign", CAMPAIGN_MEASURES, ground=ground, filters={"campaign": here})
        for number in here:
            totals = split.get(number, {})
            told[number].append(Covered(ground, *(totals.get(name, 0) for name in CAMPAIGN_MEASURES)))
    return {number: _sum("", each) for number, each in told.items()}


def _of(found: CampaignView, ground: str) -> Covered:
    totals = tallies.totals(CAMPAIGN_MEASURES, ground=ground, filters={"campaign": found.id})
    return Covered(ground, *(totals[name] for name in CAMPAIGN_MEASURES))


def _below(found: CampaignView, ground: str) -> list[Covered]:
    if len(ground) >= 15:
        return []
    split = tallies.table("ground", CAMPAIGN_MEASURES, ground=ground, filters={"campaign": found.id})
    return [Covered(code, *(split[code][name] for name in CAMPAIGN_MEASURES)) for code in sorted(split)]


def unreported(
    actor: Actor, number: int, *, ground: str = "", cursor: str | None = None, size: int = PAGE
) -> Page[MatterRow]:
    """Who has not reported, by place; a page. Errors: UnknownCampaignError."""
    found = campaign(actor, number)
    late = Q(ended_at=None) | Q(outcome__in=_silent(found))
    rows = Matter.objects.filter(late, campaign=found.id, procedure=found.procedure)
    return _page(actor, rows, ground, BY_PLACE, cursor, size)


def findings(
    actor: Actor,
    number: int,
    *,
    ground: str = "",
    open_only: bool = True,
    cursor: str | None = None,
    size: int = PAGE,
) -> Page[MatterRow]:
    """What the campaign found, newest first: units claim from it. Errors: UnknownCampaignError."""
    found = campaign(actor, number)
    rows = Matter.objects.filter(campaign=found.id).exclude(procedure=found.procedure)
    rows = rows.filter(ended_at=None) if open_only else rows
    return _page(actor, rows, ground, NEWEST, cursor, size)


def _page(
    actor: Actor,
    rows: QuerySet[Matter],
    ground: str,
    order: tuple[str, ...],
    cursor: str | None,
    size: int,
) -> Page[MatterRow]:
    shared = shared_with(actor, before=decode_key(cursor) if cursor and order == NEWEST else None)
    if ground:
        low, high = scope.bounds(ground)
        rows = rows.filter(scope__gte=low, scope__lt=high)
    with reading(actor, ids=shared):
        seen = rows.filter(where(actor, shared))
        return keyset_of(seen, row_views, order=order, cursor=cursor, size=min(size, LARGEST_PAGE))


def _silent(found: CampaignView) -> list[str]:
    version = [one for one in procedures.versions() if one.name == found.procedure and one.hash]
    return sorted({outcome for one in version for outcome in silent(procedures.by_hash(one.hash))})


def totals(found: CampaignView) -> Covered:
    """The figures of all of a campaign, whoever asks: exact, and no more than figures."""
    tops = {one[:2] for one in found.grounds} or {ground[:2] for ground in _unit_grounds(found)}
    return _sum("", [_of(found, top) for top in sorted(tops)])


def _sum(ground: str, parts: Sequence[Covered]) -> Covered:
    return Covered(ground, *(sum(getattr(one, name) for one in parts) for name in CAMPAIGN_MEASURES))
