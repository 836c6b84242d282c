"""Lists: a view of one's matters, narrowed, page by page; no count over a scope, no query per row."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gantang.kit import clock, numbers, replica, scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, decode_key, keyset_of, merged
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries.counted import behind
from gantang.matters.queries.sight import parts, shared_with, where
from gantang.matters.queries.views import row_views
from gantang.matters.types import Counted, Filters, MatterRow

PAGE = 50
LARGEST_PAGE = 200
#: A list is counted so far.
MOST = 1000
OPEN = ("due_at", "id")
NEWEST, OLDEST = ("-id",), ("id",)
FIRST = UUID(int=0)
#: What a list can be sorted by, as an address names it. A class, a unit, a state have no index of their own.
SORTS = {
    "due": OPEN,
    "due-": ("-due_at", "-id"),
    "new": NEWEST,
    "old": OLDEST,
    "place": ("scope", "due_at", "id"),
    "place-": ("-scope", "-due_at", "-id"),
}


def queue(
    actor: Actor, *, filters: Filters, cursor: str | None = None, now: datetime, size: int = PAGE
) -> Page[MatterRow]:
    """One page of the actor's matters: open ones by deadline, all of them newest first."""
    order = order_of(filters)
    shared = _shared(actor, order, cursor)
    size = min(size, LARGEST_PAGE)
    with reading(actor, ids=shared):
        pages = [
            keyset_of(
                narrowed(Matter.objects.filter(part), actor, filters, now),
                row_views,
                order=order,
                cursor=cursor,
                size=size,
            )
            for part in parts(actor, shared)
        ]
    return pages[0] if len(pages) == 1 else merged(pages, order=order, size=size)


def _shared(actor: Actor, order: tuple[str, ...], cursor: str | None) -> list[UUID]:
    """What the unit takes part in, from where the page begins if the list goes by what is told of first."""
    if order not in (NEWEST, OLDEST):
        return shared_with(actor)
    from_here = decode_key(cursor) if cursor else None
    if order == NEWEST:
        return shared_with(actor, before=from_here)
    return shared_with(actor, after=from_here or FIRST)


def how_many(actor: Actor, *, filters: Filters, now: datetime, most: int = MOST) -> Counted:
    """How many matters a list holds, exact up to ``most``: none is looked at behind that."""
    shared = shared_with(actor)
    with reading(actor, ids=shared):
        rows = narrowed(Matter.objects.filter(where(actor, shared)), actor, filters, now)
        found = rows.order_by()[: most + 1].count()
    return Counted(min(found, most), more=found > most)


def order_of(filters: Filters) -> tuple[str, ...]:
    """Open matters by deadline; where closed ones are among them, the newest first; unless one of the
    ``SORTS`` is asked for that has an index there."""
    return sorts_of(filters).get(filters.sort) or (OPEN if is_open(filters) else NEWEST)


def sorts_of(filters: Filters) -> dict[str, tuple[str, ...]]:
    """The orders that a list can be read in: those whose columns an index of these rows has in that order."""
    return SORTS if is_open(filters) else {name: SORTS[name] for name in ("new", "old")}


def is_open(filters: Filters) -> bool:
    return filters.open_only or filters.view in VIEWS


def narrowed(rows: QuerySet[Matter], actor: Actor, filters: Filters, now: datetime) -> QuerySet[Matter]:
    """The rows of a view and of what else narrows it."""
    if is_open(filters):
        rows = rows.filter(ended_at=None)
    if filters.view in VIEWS:
        rows = rows.filter(VIEWS[filters.view](actor, now))
    if filters.ground:
        low, high = scope.bounds(filters.ground)
        lies = "grid_then" if filters.counted and filters.counted.then else "scope"
        rows = rows.filter(**{f"{lies}__gte": low, f"{lies}__lt": high})
    if filters.counted:
        rows = behind(rows, filters.counted)
    if filters.class_code:
        below = Q(class_code__gte=f"{filters.class_code}.", class_code__lt=f"{filters.class_code}/")
        rows = rows.filter(Q(class_code=filters.class_code) | below)
    plain = {
        "state__in": filters.states,
        "owner_unit": filters.unit,
        "channel": filters.channel,
        "urgent": filters.urgent,
        "facility": filters.facility,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value})


def _today(actor: Actor, now: datetime) -> Q:
    end = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(due_at__lte=end)


def _mine(actor: Actor, now: datetime) -> Q:
    """What waits for a duty of the actor's post, in its unit and not in another post's hands."""
    duties = {triple.duty for triple in actor.sight}
    unit = Q(owner_unit=None) | Q(owner_unit=actor.unit)
    return Q(owner_duty__in=duties) & unit & (Q(owner_post=None) | Q(owner_post=actor.post))


VIEWS: dict[str, Callable[[Actor, datetime], Q]] = {
    "received": lambda actor, now: Q(owner_duty__in=("receiver", "dispatcher")),
    "today": _today,
    "late": lambda actor, now: Q(due_at__lt=now),
    "contested": lambda actor, now: Q(owner_duty="arbiter"),
    "verify": lambda actor, now: Q(owner_duty__in=("verifier", "supervisor")),
    "mine": _mine,
    "open": lambda actor, now: Q(),
    "barred": lambda actor, now: Q(barred__gt=0),
}


def export_rows(actor: Actor, *, filters: Filters, now: datetime) -> Iterator[dict[str, Any]]:
    """Every row of a list as a flat mapping, page by page; each page in a transaction of its own."""
    cursor: str | None = None
    while True:
        with replica.aside():
            page = queue(actor, filters=filters, cursor=cursor, now=now, size=LARGEST_PAGE)
        yield from (_flat(row) for row in page.items)
        cursor = page.next
        if cursor is None:
            return


def _flat(row: MatterRow) -> dict[str, Any]:
    return {
        "number": numbers.show(row.number),
        "gist": row.gist,
        "class": row.class_code,
        "ground": row.scope,
        "channel": row.channel,
        "status": row.status,
        "state": row.state,
        "owner_duty": row.owner_duty,
        "owner_unit": row.owner_unit or "",
        "urgent": int(row.urgent),
        "supervision": row.supervision,
        "opened_at": _moment(row.opened_at),
        "due_at": _moment(row.due_at),
        "ended_at": _moment(row.ended_at),
        "outcome": row.outcome,
    }


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}" if at else ""
