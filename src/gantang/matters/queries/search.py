"""Search over gists: any piece of a text, exactly, in the actor's sight, newest first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from gantang.kit import numbers, replica, scope
from gantang.kit.actor import Actor
from gantang.kit.errors import InvalidError
from gantang.kit.page import Page, decode_key, encode
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Matter
from gantang.matters.queries.finding import id_of, seen
from gantang.matters.queries.lists import LARGEST_PAGE, PAGE, narrowed
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.queries.views import row_view, row_views
from gantang.matters.types import Counted, Filters, MatterRow

MOST_WORDS = 5
LONGEST = 100
#: Ids are asked for in steps of this many pages until one page is full or nothing is left.
STEPS = 20
#: So many of the newest tell how frequent words are. Where more of them will fill the page, so many are
#: looked through, and the index is not asked: it gives every text that holds the words.
SAMPLE, NEWEST = 6_000, 42_000
#: Totals are exact up to here, then they end with a plus.
MOST_COUNTED = 1_000
#: Ground of so many digits, a township's, is narrow where one county holds it: all its texts are read.
NARROW, COUNTY = 9, 6
_ASKED = "(%s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid, %s)"
_FIND, _SOME, _WITHIN = (
    f"SELECT {name}{_ASKED}" for name in ("matter_search", "matter_search_some", "matter_search_within")
)
_LOOK = "SELECT matter_search_newest(%s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid, %s, %s)"
_LAST = UUID(int=(1 << 128) - 1)


def search(
    actor: Actor, *, words: str, filters: Filters, cursor: str | None = None, now: datetime, size: int = PAGE
) -> Page[MatterRow]:
    """Matters whose gist holds all the words; a number finds its matter."""
    wanted = words_of(words)
    if not wanted:
        return Page([])
    with replica.aside():
        by_number = _numbered(actor, words)
        if by_number is not None:
            return Page([by_number])
        after = decode_key(cursor) if cursor else _LAST
        return _page(actor, wanted, filters, after, now, min(size, LARGEST_PAGE))


def words_of(words: str) -> list[str]:
    """What is looked for: the first words of what was typed, small; none of what is too long."""
    return words.lower().split()[:MOST_WORDS] if len(words) <= LONGEST else []


def search_total(actor: Actor, *, words: str, filters: Filters, now: datetime) -> Counted:
    """How many matters a search finds, exact up to 1,000."""
    wanted = words_of(words)
    if not wanted or _numbered(actor, words) is not None:
        return Counted(1 if wanted else 0, more=False)
    shared = shared_with(actor)
    with reading(actor, ids=shared):
        find = _FIND if filters != Filters() else _SOME
        ids = _ids(actor, wanted, [*shared, *actor.named], _LAST, MOST_COUNTED + 1, find=find)
        rows = Matter.objects.filter(where(actor, shared), id__in=_one_of(ids))
        count = narrowed(rows, actor, filters, now).count()
    return Counted(min(count, MOST_COUNTED), more=len(ids) > MOST_COUNTED)


def _numbered(actor: Actor, words: str) -> MatterRow | None:
    try:
        number = numbers.parse(words.strip())
        with reading(actor):
            row, _duties = seen(actor, id_of(number))
    except (InvalidError, MatterNotFoundError):
        return None
    return row_view(row)


def _page(
    actor: Actor, wanted: list[str], filters: Filters, after: UUID, now: datetime, size: int
) -> Page[MatterRow]:
    shared = shared_with(actor, before=after)
    found: list[MatterRow] = []
    is_last = False
    most = size + 1 if filters == Filters() else size * 4
    with reading(actor, ids=shared):
        for _ in range(STEPS):
            ids = _ids(actor, wanted, [*shared, *actor.named], after, most)
            found += _rows(actor, shared, ids, filters, now)
            is_last = len(ids) < most
            if len(found) > size or is_last:
                break
            after = ids[-1]
    shown = found[:size]
    if len(found) > size:
        return Page(shown, encode(shown[-1].id))
    # Looked at long enough for one page, though it is not full: the next one goes on from here.
    return Page(shown, None if is_last else encode(after))


def _ids(
    actor: Actor, wanted: list[str], named: list[UUID], after: UUID, most: int, *, find: str = _FIND
) -> list[UUID]:
    """Ids of the newest matters in the actor's ranges, or named, whose gist holds the words."""
    low, high = zip(*scope.ranges(actor.sight), strict=True) if actor.sight else ((), ())
    asked: list[Any] = [wanted, list(low), list(high), named, after, most]
    with connection.cursor() as cursor:
        if all(len(lo) >= NARROW and lo[:COUNTY] == hi[:COUNTY] for lo, hi in zip(low, high, strict=True)):
            cursor.execute(_WITHIN, asked)
            return [UUID(str(row[0])) for row in cursor.fetchall()]
        cursor.execute(_LOOK, [*asked, SAMPLE])
        if cursor.rowcount < most and cursor.rowcount * NEWEST >= most * SAMPLE:
            cursor.execute(_LOOK, [*asked, NEWEST])
        if cursor.rowcount < most:
            cursor.execute(find, asked)
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def _one_of(ids: list[UUID]) -> RawSQL:
    """All of them as one value: a thousand by themselves cost more to write than to look up."""
    return RawSQL("SELECT unnest(%s::uuid[])", [f"{{{','.join(map(str, ids))}}}"])


def _rows(
    actor: Actor, shared: list[UUID], ids: list[UUID], filters: Filters, now: datetime
) -> list[MatterRow]:
    rows = Matter.objects.filter(where(actor, shared), id__in=ids)
    return row_views(narrowed(rows, actor, filters, now).order_by("-id"))
