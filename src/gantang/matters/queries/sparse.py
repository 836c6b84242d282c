"""A page of a narrowed list, whose rows may be all of the next ones or none: the planner takes them to lie
evenly, and would go through all matters for the last of them.

So the next of the list are looked at first, a bounded number. Where they do not fill the page, what narrows
the list is found by its own index and sorted (``matter_class``, ``matter_state``, ``matter_channel``,
``matter_urgent``, ``matter_open_duty``: each has the ground, so that a ground's are read and no more, and
what orders the list).
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Greatest
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.datastructures import BaseTable

from gantang.kit import scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, beyond, keyset_of, page_of
from gantang.matters.models import Matter
from gantang.matters.queries.views import row_views
from gantang.matters.types import Filters, MatterRow

#: So many of the next are looked at.
NEXT = 1_000
#: Ground of so many digits, a township's, is narrow: what an index has of it is soon read.
NARROW = 9
#: Views of whose turn it is.
TURNS = frozenset({"received", "contested", "verify", "mine"})
Narrow = Callable[[QuerySet[Matter]], QuerySet[Matter]]


class Among(BaseTable):
    """The rows of another query, in place of the table."""

    def __init__(self, rows: QuerySet[Matter]) -> None:
        super().__init__(Matter._meta.db_table, Matter._meta.db_table)
        self.rows = rows

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        text, params = self.rows.query.sql_with_params()
        return f'({text}) "{self.table_alias}"', tuple(params)


def is_sparse(filters: Filters) -> bool:
    """Whether the list is narrowed by what has an index of its own."""
    by_itself = filters.class_code or filters.states or filters.channel or filters.urgent
    return bool(by_itself) or filters.view in TURNS


def page(
    actor: Actor,
    lies: Q,
    narrow: Narrow,
    filters: Filters,
    *,
    order: Sequence[str],
    cursor: str | None,
    size: int,
    is_open: bool,
) -> Page[MatterRow]:
    """One page of what lies on the actor's ground."""
    if not _is_narrow(actor, filters):
        every = Matter.objects.filter(lies, **_within(filters, is_open=is_open))
        some = beyond(every, order=order, cursor=cursor).order_by(*order)[:NEXT]
        rows = Matter.objects.all()
        rows.query.get_initial_alias()
        rows.query.alias_map[Matter._meta.db_table] = Among(some)
        found = row_views(narrow(rows).order_by(*order)[: size + 1])
        if len(found) > size:
            return page_of(found, order=order, size=size)
    rows = beyond(narrow(Matter.objects.filter(lies)), order=order, cursor=cursor)
    first = rows.order_by(*map(_sorted, order)).values("id")[: size + 1]
    return keyset_of(Matter.objects.filter(id__in=first), row_views, order=order, cursor=None, size=size)


def _within(filters: Filters, *, is_open: bool) -> dict[str, object]:
    low, high = scope.bounds(filters.ground)
    given: dict[str, object] = {"scope__gte": low, "scope__lt": high} if filters.ground else {}
    return given | ({"ended_at": None} if is_open else {})


def _is_narrow(actor: Actor, filters: Filters) -> bool:
    grounds = [filters.ground] if filters.ground else [one.ground for one in actor.sight]
    return all(len(one) >= NARROW or one.startswith("~") for one in grounds)


def _sorted(name: str) -> OrderBy:
    """The column as no index has it, so that what was found is sorted and no order is walked along."""
    column = Greatest(name.lstrip("-"), name.lstrip("-"))
    return column.desc() if name.startswith("-") else column.asc()
