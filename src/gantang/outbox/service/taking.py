"""Taking rows whose turn it is: leased for a while, put back untried where nobody is there.

A row is leased in a short transaction, so that a slow receiver never holds a lock; a worker that dies leaves
it to be taken again when the lease ends.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from gantang.outbox import registry, rules
from gantang.outbox.models import Row
from gantang.outbox.types import Parcel

# The heads of streams: an earlier row that still waits (or, for strict destinations, lies dead) stands
# before.
_TAKE = """
WITH head AS (
    SELECT r.id FROM outbox_row r
    WHERE r.state = 'waiting' AND r.next_at <= %(now)s
      AND (%(outside)s::boolean IS NULL OR (r.destination LIKE 'webhook.%%' OR r.destination = 'sms')
            = %(outside)s)
      AND (r.destination = ANY(%(inside)s) OR NOT %(held)s)
      AND r.destination <> ALL (%(paused)s)
      AND NOT EXISTS (SELECT 1 FROM outbox_webhook h
        WHERE h.paused_at IS NOT NULL AND r.destination = 'webhook.' || h.id)
      AND NOT EXISTS (
        SELECT 1 FROM outbox_row e
        WHERE e.destination = r.destination AND e.stream = r.stream AND (e.version, e.id) < (r.version, r.id)
          AND e.state IN ('waiting', 'dead') AND (e.state = 'waiting' OR e.destination = ANY(%(strict)s)))
    ORDER BY r.next_at LIMIT %(limit)s FOR UPDATE OF r SKIP LOCKED)
UPDATE outbox_row t SET next_at = %(until)s, attempts = t.attempts + 1, error_code = '',
    unsure = t.unsure + (t.attempts > 0 AND t.error_code = '')::int -- whoever had it died over it
FROM head WHERE t.id = head.id
RETURNING t.id, t.destination, t.kind, t.city, t.stream, t.version, t.refs, t.attempts, t.created_at
"""
# Whoever was not tried was not given up either: a code of its own keeps a lost answer from being counted.
_PUT_BACK = "outbox.put_back"
_COLUMNS = ("id", "destination", "kind", "city", "stream", "version", "refs", "attempts", "created_at")
_paused: dict[str, datetime] = {}


def take(limit: int, now: datetime, outside: bool | None) -> list[Parcel]:
    """Lease up to ``limit`` rows; what is taken is in the order in which it leaves."""
    given: dict[str, Any] = {
        "now": now,
        "until": now + rules.LEASE,
        "limit": limit,
        "strict": registry.names(strict=True),
        "outside": outside,
        "paused": [name for name, until in dict(_paused).items() if until > now],
        "inside": registry.names(inside=True),
        "held": is_held(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        found = [_parcel(row) for row in cursor.fetchall()]
    return sorted(found, key=lambda each: (each.destination, each.stream, each.version, each.id))


def pause(destination: str, now: datetime, asked: timedelta) -> None:
    """Nobody is there, or asks to be left alone: nothing else is tried there for a while."""
    _paused[destination] = now + max(rules.PAUSE, asked)


def is_paused(destination: str, now: datetime) -> bool:
    """Whether nothing is tried there now."""
    until = _paused.get(destination)
    return until is not None and until > now


def put_back(parcel: Parcel, now: datetime) -> None:
    """Give a leased row back as if it had not been taken."""
    mine = Row.objects.filter(id=parcel.id, state=Row.WAITING, attempts=parcel.attempts)
    mine.update(next_at=now, attempts=parcel.attempts - 1, error_code=_PUT_BACK)


def is_held() -> bool:
    """After a restore nothing leaves the house before it is released: what went out since would go twice."""
    return Path(settings.GANTANG_RESTORED_MARK).exists()


def _parcel(row: tuple[Any, ...]) -> Parcel:
    # Raw cursors get jsonb as text.
    return Parcel(
        **{**dict(zip(_COLUMNS, row, strict=True)), "refs": json.loads(row[_COLUMNS.index("refs")])}
    )
