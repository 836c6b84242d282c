"""Several matters opened with their moves at the cost of one: what a phone takes along, what was chosen."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gantang.kit import keys, scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, keyset
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.detail import moves_of
from gantang.matters.queries.finding import ids_of
from gantang.matters.queries.lists import LARGEST_PAGE, narrowed, order_of
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.queries.views import matter_view
from gantang.matters.types import Filters, MatterView, Moves
from gantang.procedures import queries as procedures


def worklist(actor: Actor, *, filters: Filters, now: datetime, size: int) -> Page[tuple[MatterView, Moves]]:
    """The first page of ``queue``, each with what ``get`` and ``possible_moves`` tell of it."""
    shared = shared_with(actor)
    with reading(actor, ids=shared):
        rows = narrowed(Matter.objects.filter(where(actor, shared)), actor, filters, now)
        page = keyset(rows, order=order_of(filters), cursor=None, size=min(size, LARGEST_PAGE))
        return Page(_opened(actor, page.items, now), page.next)


def opened(actor: Actor, *, numbers: Iterable[str], now: datetime) -> list[tuple[MatterView, Moves]]:
    """What ``get`` and ``possible_moves`` tell of those in sight among matters that are named by number, in
    that order; others are as if they did not exist."""
    from gantang.matters.service.taking import parts_in

    ids = ids_of(numbers)
    with reading(actor):
        shared = parts_in(actor, [(keys.city_of(one), one) for one in ids])
        scope.name([one for one, roles in shared.items() if roles])
        rows = {row.id: row for row in Matter.objects.filter(id__in=ids)}
        return _opened(actor, [rows[one] for one in ids if one in rows], now)


def _opened(actor: Actor, rows: Sequence[Matter], now: datetime) -> list[tuple[MatterView, Moves]]:
    from gantang.matters.service.facts import beside_each
    from gantang.matters.service.taking import duties_of_each

    duties = duties_of_each(actor, rows)
    seen = [row for row in rows if duties[row.id]]
    scope.name([row.id for row in seen])
    beside = beside_each((procedures.by_hash(row.procedure_hash), row) for row in seen)
    found = []
    for row in seen:
        moves = moves_of(actor, row, duties[row.id], now=now, beside=beside[row.id])
        found.append((matter_view(row, duties[row.id], now=now), Moves(moves, row.version)))
    return found
