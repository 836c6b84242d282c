"""Whole streams, several at once, each with the verdict on its chain: what a rebuild stands on."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.db import connection

from gantang.kit import keys
from gantang.ledger import months
from gantang.ledger.judging import Head, judge
from gantang.ledger.models import Step, StreamHead
from gantang.ledger.rules import Link
from gantang.ledger.types import StepView, Story

FIRST = UUID(int=0)


def counts(kind: str) -> dict[int, int]:
    """How many streams of a kind each city has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT city, count FROM ledger_stream_counts(%s)", [kind])
        return dict(cursor.fetchall())


def streams(kind: str, city: int, *, after: UUID = FIRST, most: int) -> list[UUID]:
    """The next streams of a kind in a city, in order of id. It tells ids only; to read one it is named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_streams(%s, %s, %s, %s)", [kind, city, after, most])
        return [UUID(str(row[0])) for row in cursor.fetchall()]


def stories(city: int, wanted: Sequence[UUID]) -> dict[UUID, Story]:
    """Streams that the running transaction has named, by id; one that is not there is left out."""
    heads = {row.stream: row for row in StreamHead.objects.filter(city=city, stream__in=wanted)}
    if not heads:
        return {}
    low = min(months.first_key(row.opened_at) for row in heads.values())
    rows = Step.objects.filter(city=city, stream__in=list(heads), id__gte=low).order_by("stream", "seq", "id")
    told = {stream: list(group) for stream, group in groupby(rows.iterator(), key=lambda row: row.stream)}
    return {stream: _story(head, told.get(stream, [])) for stream, head in heads.items()}


def _story(head: StreamHead, rows: Sequence[Step]) -> Story:
    stored = Head(head.city, head.stream, head.kind, head.count, bytes(head.hash), bytes(head.seal))
    fault = judge(stored, [(_link(row), bytes(row.hash)) for row in rows])
    return Story(tuple(view(row) for row in rows), bytes(head.hash).hex(), fault)


def _link(row: Step) -> Link:
    return Link(**{name: getattr(row, name) for name in Link._fields})


def view(row: Step) -> StepView:
    """A step as readers get it."""
    return StepView(
        id=row.id,
        seq=row.seq,
        name=row.name,
        data=row.data,
        client=row.client,
        account=row.account,
        post=row.post,
        happened_at=row.happened_at,
        recorded_at=keys.moment_of(row.id),
    )


def views(rows: Iterable[Step]) -> list[StepView]:
    """Steps as readers get them."""
    return [view(row) for row in rows]
