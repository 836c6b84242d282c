"""The book of a fund in sight: its lines in order, with the balance after each."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from gantang.fund.errors import NoEntryError
from gantang.fund.models import Entry
from gantang.fund.queries.sight import seen, sees
from gantang.fund.rules.booking import USE
from gantang.fund.types import APPROVED, EntryView, Which
from gantang.kit.actor import Actor
from gantang.kit.page import Page, keyset
from gantang.kit.work import reading

SIZE = 50


def entries(
    actor: Actor, fund: int, which: Which, *, cursor: str | None = None, size: int = SIZE
) -> Page[EntryView]:
    """One page, the newest first: the book by day and number, what waits or was refused as it was entered.
    Errors: NoFundError, InvalidError for a cursor."""
    row = seen(actor, fund)
    with reading(actor):
        query = _which(Entry.objects.filter(fund=row), which)
        order = ("-on", "-number") if which.state == APPROVED else ("-id",)
        page = keyset(query, order=order, cursor=cursor, size=size)
        return Page(_views(page.items), page.next)


def every(actor: Actor, fund: int, which: Which) -> Iterator[EntryView]:
    """All of them, page by page. Errors: NoFundError."""
    cursor: str | None = None
    while True:
        page = entries(actor, fund, which, cursor=cursor, size=500)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def entry(actor: Actor, number: UUID) -> tuple[int, EntryView]:
    """One line of a fund in sight, and which fund's. Errors: NoEntryError."""
    with reading(actor):
        row = _told(Entry.objects.filter(pk=number)).select_related("fund").first()
        if row is None or not sees(actor, row.fund):
            raise NoEntryError
        return int(row.fund_id), _views([row])[0]


def _which(rows: QuerySet[Entry], which: Which) -> QuerySet[Entry]:
    rows = _told(rows.filter(state=which.state))
    if which.year is not None:
        rows = rows.filter(on__year=which.year)
    if which.kind:
        rows = rows.filter(Q(kind=which.kind) | Q(kind__startswith=f"{which.kind}."))
    return rows


def _told(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """With the numbers of what a line takes back, and of what took it back."""
    taken = Entry.objects.filter(reverses=OuterRef("pk"), state=APPROVED).values("number")[:1]
    return rows.annotate(old=F("reverses__number"), taken=Subquery(taken))


def _views(rows: Sequence[Entry]) -> list[EntryView]:
    after = _balances([row.pk for row in rows if row.state == APPROVED])
    return [_view(row, after.get(row.pk)) for row in rows]


def _balances(ids: Sequence[Any]) -> dict[UUID, int]:
    """The balance of the book after each of some lines, in one query."""
    if not ids:
        return {}
    upto = Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), number__lte=OuterRef("number"))
    before = Entry.objects.filter(upto, fund=OuterRef("fund"), state=APPROVED).order_by().values("fund")
    total = before.annotate(total=Sum("effect")).values("total")
    balance = Coalesce(Subquery(total), 0, output_field=BigIntegerField())
    return dict(Entry.objects.filter(pk__in=ids).annotate(after=balance).values_list("pk", "after"))


def _view(row: Entry, balance: int | None) -> EntryView:
    told: Any = row
    return EntryView(
        row.id,
        row.number,
        row.on,
        row.side,
        row.kind,
        -row.effect if row.side == USE else row.effect,
        row.basis,
        row.party,
        row.giver,
        row.matter_number,
        row.state,
        told.old,
        told.taken,
        row.entered_by,
        row.entered_post,
        row.entered_at,
        row.decided_post,
        row.decided_at,
        balance,
        row.reverses_id is not None,
    )
