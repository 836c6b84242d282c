"""What the engine has to be told of a matter before it decides."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gantang.engine import Case, Facts, Procedure
from gantang.kit import scope
from gantang.matters.models import Link, Matter
from gantang.matters.queries.each import rows_of
from gantang.matters.queries.holding import holders_of
from gantang.matters.queries.minors import with_minors
from gantang.matters.queries.willing import willing_of_each
from gantang.matters.service import gates
from gantang.matters.service.documents import issued_of_each
from gantang.posts import queries as posts

CHILD = "child"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a matter: its children, what its parties say, its gates, its documents."""

    children: tuple[Mapping[str, int], int] = ({}, 0)
    willing: tuple[bool, bool] = (False, False)
    gates: Mapping[str, bool] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    minor: bool = False


def beside_each(asked: Iterable[tuple[Procedure, Matter]]) -> dict[UUID, Beside]:
    """The same of several matters, at the cost of one; the transaction has named them."""
    asked = list(asked)
    all_ = [(procedure, (row.city, row.id)) for procedure, row in asked]
    children = _open_children([place for _procedure, place in all_])
    willing = willing_of_each(all_)
    passed = gates.of_each(all_)
    papers = issued_of_each([place for procedure, place in all_ if _waits_for_papers(procedure)])
    minors = with_minors([row for procedure, row in asked if _spares_minors(procedure)])
    return {
        id_: Beside(children[id_], willing[id_], passed[id_], papers.get(id_, frozenset()), id_ in minors)
        for _procedure, (_city, id_) in all_
    }


def facts_for(
    procedure: Procedure,
    case: Case | None,
    row: Matter,
    *,
    klass: str,
    now: datetime,
    imported: bool = False,
    beside: Beside | None = None,
) -> Facts:
    """The facts of a matter with the class it will have after the act. ``beside`` where it was read before,
    with that of others."""
    found = beside or beside_each([(procedure, row)])[row.id]
    children, required = found.children
    willing, refused = found.willing
    return Facts(
        holders=holders_of(procedure, klass=klass, ground=row.scope, now=now),
        reachable=row.reachable,
        classed=bool(klass),
        children=children,
        required=required,
        willing=willing,
        refused=refused,
        gates=found.gates,
        imported=imported,
        documents=found.documents,
        minor=found.minor,
        vacant=_vacant(case, now) if case else frozenset(),
    )


def _waits_for_papers(procedure: Procedure) -> bool:
    """Whether any move asks for a document: only then is it worth a query."""
    return any(guard.name == "document" for move in procedure.moves.values() for guard in move.needs)


def _spares_minors(procedure: Procedure) -> bool:
    """Whether any move is not made where a minor is concerned: only then is it worth a query."""
    return any(guard.name == "no_minor" for move in procedure.moves.values() for guard in move.needs)


def _open_children(places: Sequence[tuple[int, UUID]]) -> dict[UUID, tuple[Mapping[str, int], int]]:
    """By matter: open child matters by procedure, and how many of them hold the parent's ends."""
    links = rows_of(Link, places, kind=CHILD)
    if not links:
        return {id_: ({}, 0) for _city, id_ in places}
    scope.name([link.other_id for link in links])
    rows = Matter.objects.filter(pk__in=[(link.other_city, link.other_id) for link in links], ended_at=None)
    waiting: dict[UUID, str] = dict(rows.values_list("id", "procedure"))
    of: dict[UUID, list[Link]] = {id_: [] for _city, id_ in places}
    for link in links:
        of[link.matter_id].append(link)
    return {id_: _counted(mine, waiting) for id_, mine in of.items()}


def _counted(links: Sequence[Link], waiting: Mapping[UUID, str]) -> tuple[Mapping[str, int], int]:
    held = {link.other_id for link in links if link.required}
    open_ = {link.other_id for link in links} & set(waiting)
    return Counter(waiting[each] for each in open_), len(open_ & held)


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
