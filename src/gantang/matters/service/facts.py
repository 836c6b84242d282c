"""What the engine has to be told of a matter before it decides."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from gantang.engine import Case, Facts, Procedure
from gantang.kit import scope
from gantang.matters.models import Link, Matter
from gantang.matters.queries.holding import holders_of
from gantang.matters.queries.willing import willing_of
from gantang.matters.service import gates
from gantang.matters.service.documents import issued
from gantang.posts import queries as posts

CHILD = "child"


def facts_for(
    procedure: Procedure, case: Case | None, row: Matter, *, klass: str, now: datetime, imported: bool = False
) -> Facts:
    """The facts of a matter with the class it will have after the act."""
    children, required = open_children(row.city, row.id)
    willing, refused = willing_of(procedure, row.city, row.id)
    return Facts(
        holders=holders_of(procedure, klass=klass, ground=row.scope, now=now),
        reachable=row.reachable,
        classed=bool(klass),
        children=children,
        required=required,
        willing=willing,
        refused=refused,
        gates=gates.of(procedure, row.city, row.id),
        imported=imported,
        documents=issued(row.city, row.id) if _waits_for_papers(procedure) else frozenset(),
        vacant=_vacant(case, now) if case else frozenset(),
    )


def _waits_for_papers(procedure: Procedure) -> bool:
    """Whether any move asks for a document: only then is it worth a query."""
    return any(guard.name == "document" for move in procedure.moves.values() for guard in move.needs)


def open_children(city: int, matter: UUID) -> tuple[Mapping[str, int], int]:
    """Open child matters by procedure, and how many of them hold the parent's ends."""
    links = list(Link.objects.filter(city=city, matter_id=matter, kind=CHILD))
    if not links:
        return {}, 0
    scope.name([link.other_id for link in links])
    required = {link.other_id for link in links if link.required}
    rows = Matter.objects.filter(pk__in=[(link.other_city, link.other_id) for link in links], ended_at=None)
    counts: dict[str, int] = {}
    held = 0
    for name, number in rows.values_list("procedure", "id"):
        counts[name] = counts.get(name, 0) + 1
        held += number in required
    return counts, held


def _vacant(case: Case, now: datetime) -> frozenset[int]:
    """Posts that hold work and are filled by nobody: their unit's leader may act for them."""
    resolver = posts.resolver(now.date())
    held = {(one.unit, one.post, duty) for duty, one in case.holders.items() if one.post is not None}
    return frozenset(
        post
        for unit, post, duty in held
        if post is not None
        and all(one.stands_in for one in resolver.serving(unit=unit, post=post, duty=duty))
    )
