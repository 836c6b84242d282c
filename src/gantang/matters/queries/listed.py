"""The lists in sight, each with how far what it opened is: for a page of all boards.

Open ones are found by their procedure, ended ones by its hash; each way has an index.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
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
#: As many items of a page's lists are looked at; lists behind them say nothing of theirs.
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
    """Matters of the procedures that are lists."""
    found = [
        one
        for one in procedures.versions()
        if not one.is_end and boards.is_list(procedures.by_hash(one.hash))
    ]
    if ended:
        return Q(procedure_hash__in={one.hash for one in found}, ended_at__isnull=False, erased_at=None)
    return Q(procedure__in={one.name for one in found}, ended_at=None)


def _counted(actor: Actor, rows: Sequence[MatterRow], now: datetime) -> list[BoardRow]:
    from gantang.matters.service.taking import duties_of_each

    ends = _ends(rows)
    named = [child for one in ends.values() for child in one or ()]
    scope.name(named)
    found = list(Matter.objects.filter(id__in=named).only(*_COLUMNS)) if named else []
    duties = duties_of_each(actor, found) if found else {}
    known = {one.id: one for one in found}
    return [_one(row, known, {one for one in known if duties.get(one)}, ends[row.id], now) for row in rows]


def _ends(rows: Sequence[MatterRow]) -> dict[UUID, list[UUID] | None]:
    """What each list opened, by one query for all; None where it was not looked at to the end."""
    lists = [row.id for row in rows]
    scope.name(lists)
    links = Link.objects.filter(matter_id__in=lists, kind="child").order_by("-matter_id", "id")
    found = list(links.values_list("matter_id", "other_id")[: MOST + 1]) if lists else []
    ends: dict[UUID, list[UUID]] = defaultdict(list)
    for own, other in found[:MOST]:
        ends[own].append(other)
    cut = found[MOST][0] if len(found) > MOST else None
    return {one: ends[one] if cut is None or one > cut else None for one in lists}


def _one(
    row: MatterRow, known: Mapping[UUID, Matter], sight: Set[UUID], ends: Sequence[UUID] | None, now: datetime
) -> BoardRow:
    if ends is None:
        return BoardRow(row, 0, 0, 0, 0, counted=False)
    seen = [known[one] for one in ends if one in sight]
    still = [one for one in seen if one.ended_at is None]
    late = sum(one.due_at is not None and one.due_at < now for one in still)
    return BoardRow(row, len(seen), len(still), late, len(ends) - len(seen))
