"""The only way to add to the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gantang.kit import keyed, keys
from gantang.kit.actor import Actor
from gantang.kit.rows import fresh
from gantang.kit.work import Work
from gantang.ledger import chain, months, ordering, rules
from gantang.ledger.checkpoints import making
from gantang.ledger.models import Step, StreamHead

add_months = months.add_months
months_left = months.months_left
stream_of = rules.stream_of
checkpoint, checkpoint_due = making.make, making.make_due
attest, attested = making.attest, making.attested
order_verification, verify_due = ordering.order_verification, ordering.verify_due
Item = tuple[str, Mapping[str, Any]]

_OPEN = """
INSERT INTO ledger_streamhead (city, stream, kind, key, count, hash, seal, opened_at)
SELECT %s, stream, %s, key, 0, '', '', %s FROM unnest(%s::uuid[], %s::text[]) AS asked (stream, key)
ON CONFLICT (city, stream) DO NOTHING
"""


class _Head:
    """A head held by one unit of work: locked once, written once, however many appends there are."""

    def __init__(self, w: Work, row: StreamHead, *, is_new: bool) -> None:
        self.row, self._is_new, self._was, self._w = row, is_new, row.count, w
        w.before_end(self._write)

    def _write(self) -> None:
        row = self.row
        row.seal = chain.head_seal(row.city, row.stream, row.count, bytes(row.hash))
        if self._is_new:
            self._w.add(row)
        elif row.count != self._was:
            self._w.change(row, ["count", "hash", "seal"], count=self._was)


def open_stream(w: Work, *, city: int, stream: UUID, kind: str, now: datetime, key: object = "") -> None:
    """Begin a stream whose id was minted in this act; saves the look for a head. Otherwise ``append``
    opens."""
    row = fresh(StreamHead, city=city, stream=stream, kind=kind, key=str(key), opened_at=now)
    w.name([stream])
    w.memo["ledger", city, stream] = _Head(w, row, is_new=True)


def hold(w: Work, *, city: int, kind: str, streams: Mapping[UUID, object], now: datetime) -> None:
    """Lock the heads of many streams of a city at once, by stream with its key; what is missing is opened.

    ``append`` then looks for none of them. A hundred at most: each is named to the wall in a list that the
    server goes through row by row.
    """
    w.name(streams)
    rows = _locked(city, streams)
    missing = {stream: str(key) for stream, key in streams.items() if stream not in rows}
    if missing:
        rows |= _opened(city, kind, missing, now)
    for stream, row in rows.items():
        w.memo["ledger", city, stream] = _Head(w, row, is_new=False)


def append(
    w: Work,
    *,
    actor: Actor,
    city: int,
    stream: UUID,
    kind: str,
    items: Sequence[Item],
    happened_at: datetime,
    now: datetime,
    key: object = "",
) -> int:
    """Append steps ``(name, data)`` to a stream, locking its head; returns the stream's length then.

    ``kind`` is the stream's ("matter", "remit", "account"); ``key`` names the thing where the stream's id
    does not. Errors: NoMonthError; TextInStepError for data that is no code.
    """
    months.check_month(now)
    head = _head(w, city, stream, kind, str(key), now).row
    for name, data in items:
        rules.check_data(data)
        step = _step(actor, head, name, data, happened_at, now)
        head.count, head.hash = step.seq, step.hash
        w.add(step)
    return head.count


def head(w: Work, *, city: int, stream: UUID) -> tuple[int, str]:
    """How many steps a named stream has and the hash it ends with (hex), with those of the running act."""
    held: _Head | None = w.memo.get(("ledger", city, stream))
    row = held.row if held is not None else StreamHead.objects.get(city=city, stream=stream)
    return row.count, bytes(row.hash).hex()


def _step(
    actor: Actor, head: StreamHead, name: str, data: Mapping[str, Any], happened_at: datetime, now: datetime
) -> Step:
    link = rules.Link(
        city=head.city,
        id=keys.mint(head.city, now),
        stream=head.stream,
        seq=head.count + 1,
        kind=head.kind,
        name=name,
        data=dict(data),
        client=actor.client,
        account=actor.account,
        post=actor.post,
        happened_at=happened_at,
    )
    made = chain.link_hash(bytes(head.hash), link.spelled())
    return fresh(Step, **link._asdict(), hash=made)


def _head(w: Work, city: int, stream: UUID, kind: str, key: str, now: datetime) -> _Head:
    if ("ledger", city, stream) not in w.memo:
        hold(w, city=city, kind=kind, streams={stream: key}, now=now)
    held: _Head = w.memo["ledger", city, stream]
    return held


def _locked(city: int, streams: Iterable[UUID]) -> dict[UUID, StreamHead]:
    found = keyed.found(StreamHead, lock=True, order="stream", city=city, stream=list(streams))
    return {row.stream: row for row in found}


def _opened(city: int, kind: str, keys: Mapping[UUID, str], now: datetime) -> dict[UUID, StreamHead]:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [city, kind, now, list(keys), list(keys.values())])
    rows = _locked(city, keys)
    for stream in keys.keys() - rows.keys():
        raise RuntimeError(f"stream {stream} is behind the wall")
    return rows
