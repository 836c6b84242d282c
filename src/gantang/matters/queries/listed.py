"""The lists in sight, each with how far what it opened is: for a page of all boards.

Open ones are found by their procedure, ended ones by its hash; each way has an index.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from gantang.kit import scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, keyset_of, merged
from gantang.kit.work import reading
from gantang.matters.models import Link, Matter
from gantang.matters.queries.sight import parts, shared_with
from gantang.matters.queries.views import row_views
from gantang.matters.rules import boards
from gantang.matters.types import BoardRow, MatterRow
from gantang.procedures import queries as procedures

ORDER = ("-id",)
#: Of so many items of a page's lists it is said how far they are; what is beyond is told.
MOST = 5000
_COLUMNS = ("city", "id", "scope", "class_code", "owner_unit", "unit", "due_at", "ended_at")


def listed(
    actor: Actor, *, ended: bool = False, cursor: str | None = None, now: datetime, size: int
) -> Page[BoardRow]:
    """One page of the lists in the actor's sight, the newest first."""
    wanted = _wanted(ended=ended)
    shared = shared_with(actor)
    with reading(actor, ids=shared):
        pages = [
            keyset_of(Matter.objects.filter(part & wanted), row_views, order=ORDER, cursor=cursor, size=size)
            for part in parts(actor, shared)
        ]
        page = pages[0] if len(pages) == 1 else merged(pages, order=ORDER, size=size)
        return Page(_counted(actor, page.items, now), page.next)


def _wanted(*, ended: bool) -> Q:
    """Matters of the procedures that make boards."""
    found = [
        one
        for one in procedures.versions()
        if not one.is_end and boards.opening(procedures.by_hash(one.hash))
    ]
    if ended:
        return Q(procedure_hash__in={one.hash for one in found}, ended_at__isnull=False, erased_at=None)
    return Q(procedure__in={one.name for one in found}, ended_at=None)


def _counted(actor: Actor, rows: Sequence[MatterRow], now: datetime) -> list[BoardRow]:
    from gantang.matters.service.taking import duties_of_each

    ends = _ends(rows)
    named = [child for children in ends.values() for child in children]
    scope.name(named)
    found = list(Matter.objects.filter(id__in=named).only(*_COLUMNS)) if named else []
    duties = duties_of_each(actor, found) if found else {}
    known = {one.id: one for one in found}
    return [
        _one(row, [known[one] for one in ends[row.id] if duties.get(one)], ends[row.id], now) for row in rows
    ]


def _ends(rows: Sequence[MatterRow]) -> dict[UUID, list[UUID]]:
    """What each list opened, by one query for all."""
    lists = [row.id for row in rows]
    scope.name(lists)
    links = Link.objects.filter(matter_id__in=lists, kind="child").order_by("since", "id")
    ends: dict[UUID, list[UUID]] = defaultdict(list)
    for own, other in links.values_list("matter_id", "other_id")[: MOST + 1] if lists else ():
        ends[own].append(other)
    return ends


def _one(row: MatterRow, seen: Sequence[Matter], all_: Sequence[UUID], now: datetime) -> BoardRow:
    still = [one for one in seen if one.ended_at is None]
    late = sum(one.due_at is not None and one.due_at < now for one in still)
    return BoardRow(row, len(seen), len(still), late, len(all_) - len(seen))
