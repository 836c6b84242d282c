"""Rows written by acts, and what people do with those that did not leave."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError, InvalidError
from gantang.kit.work import Work
from gantang.outbox import rules
from gantang.outbox.models import Row

WAKE_CHANNEL = "gantang_outbox"
_WITHDRAW = "UPDATE outbox_row SET state = %s, settled_at = %s WHERE stream = %s AND state IN (%s, %s)"


def put(
    w: Work,
    *,
    destination: str,
    kind: str,
    city: int,
    stream: UUID,
    version: int,
    refs: Mapping[str, Any],
    now: datetime,
    after: datetime | None = None,
    prompt: bool = False,
) -> UUID:
    """Write one effect in the act's own transaction; it leaves after the commit, in the stream's order.

    ``version`` is the stream's count after the act: rows of one stream leave in its order. ``refs`` holds
    codes and ids only. ``after`` keeps it until a later moment. ``prompt`` wakes the worker at once instead
    of within a second; it serialises commits, so it is for effects that somebody waits for.
    """
    if not rules.references_only(refs):
        raise InvalidError("outbox.refs_hold_text")
    row = Row(
        id=keys.mint(city, now),
        destination=destination,
        kind=kind,
        city=city,
        stream=stream,
        version=version,
        refs=dict(refs),
        next_at=after or now,
        created_at=now,
    )
    w.add(row)
    if prompt:
        w.statement(f"NOTIFY {WAKE_CHANNEL}", ())
    return row.id


def resend(*, actor: Actor, ids: list[UUID], now: datetime) -> int:
    """Give dead letters a fresh set of tries; returns how many were dead."""
    if not actor.admin:
        raise ForbiddenError
    return Row.objects.filter(id__in=ids, state=Row.DEAD).update(
        state=Row.WAITING, attempts=0, next_at=now, settled_at=None, error_code=""
    )


def drop(*, actor: Actor, ids: list[UUID], now: datetime) -> int:
    """Give dead letters up for good, so that what a strict destination holds back behind them can go on."""
    if not actor.admin:
        raise ForbiddenError
    return Row.objects.filter(id__in=ids, state=Row.DEAD).update(state=Row.SKIPPED, settled_at=now)


def withdraw(w: Work, *, stream: UUID, now: datetime) -> None:
    """What waits to leave about a stream, or died on the way, does not leave any more."""
    w.statement(_WITHDRAW, [Row.SKIPPED, now, stream, Row.WAITING, Row.DEAD])


def purge(*, older_than: timedelta = timedelta(days=30), now: datetime) -> int:
    """Remove what left long ago; dead letters stay until somebody deals with them."""
    gone = Row.objects.filter(state__in=[Row.SENT, Row.SKIPPED], settled_at__lt=now - older_than)
    return gone.delete()[0]
