"""Keyset pages: a cursor says after which row the next page begins; it stays right while rows come and go."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import InvalidError

T = TypeVar("T")
M = TypeVar("M", bound=Model)
TupleLookup = TupleGreaterThan | TupleLessThan
Value = None | bool | int | str | UUID | datetime | date

_READERS: dict[str, Callable[[Any], Any]] = {
    "v": lambda value: value,
    "u": UUID,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor of the next page (None at the end)."""

    items: list[T]
    next: str | None = None


def encode(*values: Value) -> str:
    """An opaque cursor that holds these values."""
    text = json.dumps([_tagged(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[Any, ...]:
    """The values of a cursor. Errors: InvalidError."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return tuple(_READERS[tag](value) for tag, value in json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InvalidError("kit.cursor", _("翻页标记不正确。"), remedy=_("请从第一页重新开始。")) from None


def decode_key(cursor: str) -> UUID:
    """The key in the cursor of a list that is ordered by its key alone. Errors: InvalidError."""
    key: UUID = decode_of(cursor, UUID)[0]
    return key


def decode_of(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """The values of a cursor that holds just these kinds. Errors: InvalidError."""
    values = decode(cursor)
    if tuple(map(type, values)) != kinds:
        raise InvalidError("kit.cursor", _("翻页标记不正确。"), remedy=_("请从第一页重新开始。"))
    return values


def _tagged(value: Value) -> tuple[str, Any]:
    if isinstance(value, UUID):
        return "u", value.hex
    if isinstance(value, datetime):
        return "t", value.isoformat()
    if isinstance(value, date):
        return "d", value.isoformat()
    return "v", value


def keyset(query: QuerySet[M], *, order: Sequence[str], cursor: str | None, size: int) -> Page[M]:
    """One page of ``query`` by ``order`` (``("-due_at", "-id")``: no column may be NULL, the last one
    unique)."""
    return keyset_of(query, list, order=order, cursor=cursor, size=size)


def keyset_of(
    query: QuerySet[M],
    read: Callable[[QuerySet[M]], list[T]],
    *,
    order: Sequence[str],
    cursor: str | None,
    size: int,
) -> Page[T]:
    """The same of what ``read`` makes of the rows; each of it has the columns of the order by name."""
    found = read(beyond(query, order=order, cursor=cursor).order_by(*order)[: size + 1])
    return page_of(found, order=order, size=size)


def beyond(query: QuerySet[M], *, order: Sequence[str], cursor: str | None) -> QuerySet[M]:
    """The rows behind a cursor; all of them where there is none."""
    return query.filter(_after(order, decode(cursor))) if cursor else query


def page_of(found: list[T], *, order: Sequence[str], size: int) -> Page[T]:
    """The page of the rows that were read for it, one more than it holds where another one follows."""
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    return Page(found[:size], encode(*(getattr(last, name.lstrip("-")) for name in order)))


def merged(pages: Sequence[Page[T]], *, order: Sequence[str], size: int) -> Page[T]:
    """One page of pages of one order, all columns of which go one way; what stands in two of them once.

    Each page holds the first ``size`` of its own, so that the first of all are among them.
    """
    names = [name.lstrip("-") for name in order]
    found = {tuple(getattr(one, name) for name in names): one for page in pages for one in page.items}
    keys = sorted(found, reverse=order[0].startswith("-"))
    more = len(keys) > size or any(page.next for page in pages)
    return Page([found[key] for key in keys[:size]], encode(*keys[size - 1]) if more else None)


def _after(order: Sequence[str], values: tuple[Any, ...]) -> Q | TupleLookup:
    """Rows behind the cursor. Where all columns go one way they are compared as one, so that an index begins
    right there; else they are equal in the first columns, beyond in the next."""
    if len(values) != len(order):
        raise InvalidError("kit.cursor", _("翻页标记不正确。"), remedy=_("请从第一页重新开始。"))
    names = [each.lstrip("-") for each in order]
    falling = {each.startswith("-") for each in order}
    if len(order) > 1 and len(falling) == 1:
        beyond = TupleLessThan if falling.pop() else TupleGreaterThan
        return beyond(Tuple(*map(F, names)), values)
    return _mixed(order, values)


def _mixed(order: Sequence[str], values: tuple[Any, ...]) -> Q:
    wanted = Q()
    for place in reversed(range(len(order))):
        name, value = order[place].lstrip("-"), values[place]
        beyond = "lt" if order[place].startswith("-") else "gt"
        last = place == len(order) - 1
        wanted = (
            Q(**{f"{name}__{beyond}": value})
            if last
            else Q(**{f"{name}__{beyond}e": value}) & (Q(**{f"{name}__{beyond}": value}) | wanted)
        )
    return wanted
