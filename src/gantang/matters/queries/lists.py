"""Lists: a view of one's matters, narrowed, page by page; no count over a scope, no query per row."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat

from gantang.kit import clock, numbers, replica, scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, decode_key, decode_of, keyset_of, merged
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.queries import sparse
from gantang.matters.queries.counted import behind
from gantang.matters.queries.sight import places, shared_open, shared_with, where
from gantang.matters.queries.views import row_views
from gantang.matters.types import Counted, Filters, MatterRow

PAGE = 50
LARGEST_PAGE = 200
#: A list is counted so far.
MOST = 1000
OPEN, FALLING = ("due_at", "id"), ("-due_at", "-id")
NEWEST, OLDEST = ("-id",), ("id",)
FIRST = UUID(int=0)
#: What a list can be sorted by, as an address names it. A class, a unit, a state have no index of their own.
SORTS = {
    "due": OPEN,
    "due-": FALLING,
    "new": NEWEST,
    "old": OLDEST,
    "place": ("scope", "due_at", "id"),
    "place-": ("-scope", "-due_at", "-id"),
}


class At(TypedDict):
    """Which page of a list."""

    order: tuple[str, ...]
    cursor: str | None
    size: int


def queue(
    actor: Actor, *, filters: Filters, cursor: str | None = None, now: datetime, size: int = PAGE
) -> Page[MatterRow]:
    """One page of the actor's matters: open ones by deadline, all of them newest first."""
    order = order_of(filters)
    size = min(size, LARGEST_PAGE)
    shared = _shared(actor, filters, order, cursor, size)
    with reading(actor, ids=shared):
        at: At = {"order": order, "cursor": cursor, "size": size}
        ground, named = places(actor, shared)
        pages = [_on_ground(actor, one, filters, now, at) for one in ground]
        pages += [
            keyset_of(narrowed(Matter.objects.filter(one), actor, filters, now), row_views, **at)
            for one in named
        ]
    return pages[0] if len(pages) == 1 else merged(pages, order=order, size=size)


def _on_ground(actor: Actor, part: Q, filters: Filters, now: datetime, at: At) -> Page[MatterRow]:
    """A page of what lies on the actor's ground."""

    def narrow(rows: QuerySet[Matter]) -> QuerySet[Matter]:
        return narrowed(rows, actor, filters, now)

    if sparse.is_sparse(filters):
        return sparse.page(actor, part, narrow, filters, **at, is_open=is_open(filters))
    return keyset_of(narrow(Matter.objects.filter(part)), row_views, **at)


def _shared(
    actor: Actor, filters: Filters, order: tuple[str, ...], cursor: str | None, size: int
) -> list[UUID]:
    """What the unit takes part in from where the page begins, and no more of it than can fill the page."""
    most = size + 1 if _is_whole(filters) else None
    if is_open(filters):
        return _shared_open(actor, order, cursor, most)
    from_here = decode_key(cursor) if cursor else None
    if order == NEWEST:
        return shared_with(actor, before=from_here, most=most)
    return shared_with(actor, after=from_here or FIRST, most=most)


def _shared_open(actor: Actor, order: tuple[str, ...], cursor: str | None, most: int | None) -> list[UUID]:
    here = decode_of(cursor, datetime, UUID) if cursor and order in (OPEN, FALLING) else None
    if order == OPEN:
        return shared_open(actor, after=here, most=most)
    return shared_open(actor, before=here)


def _is_whole(filters: Filters) -> bool:
    """Whether the list leaves nothing out: of all matters, or of the open ones."""
    return replace(
        filters, view="", sort="", open_only=False
    ) == Filters() and filters.view not in VIEWS.keys() - {"open"}


def how_many(actor: Actor, *, filters: Filters, now: datetime, most: int = MOST) -> Counted:
    """How many matters a list holds, exact up to ``most``: none is looked at behind that."""
    shared = shared_open(actor) if is_open(filters) else shared_with(actor)
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
        # one range for the index, and of it nothing that only begins alike
        rows = rows.filter(class_code__gte=filters.class_code, class_code__lt=f"{filters.class_code}/")
        rows = rows.filter(_below(filters.class_code))
    if filters.unit:  # whose turn it is: nobody's at an end
        rows = rows.filter(ended_at=None)
    plain = {
        "state__in": filters.states,
        "owner_unit": filters.unit,
        "channel": filters.channel,
        "urgent": filters.urgent,
        "facility": filters.facility,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value})


def _below(klass: str) -> Func:
    """That a class is this one or stands below it; no index is looked up by it."""
    dotted = Concat(F("class_code"), Value("."))
    return Func(dotted, Value(f"{klass}."), function="starts_with", output_field=BooleanField())


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
