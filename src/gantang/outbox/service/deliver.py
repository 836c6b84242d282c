"""Taking rows and seeing them off: lease, hand over, settle.

A row is leased in a short transaction and handed over outside it, so that a slow mail server never holds a
lock; a worker that dies leaves the row to be taken again when the lease ends. So mail may double, never
vanish, and the Message-ID tells doubles apart. Rooms of ours run inside the settling transaction: exactly
once.
"""

import json
import secrets
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from gantang.kit import clock
from gantang.outbox import registry, rules
from gantang.outbox.errors import DeliveryError, UndeliverableError, UnknownDestinationError
from gantang.outbox.models import Row
from gantang.outbox.types import Parcel

log = structlog.get_logger()
_spread = secrets.SystemRandom()

# The heads of streams: an earlier row that still waits (or, for strict destinations, lies dead) stands
# before.
_TAKE = """
WITH head AS (
    SELECT r.id FROM outbox_row r
    WHERE r.state = 'waiting' AND r.next_at <= %(now)s
      AND (%(outside)s::boolean IS NULL OR (r.destination LIKE 'webhook.%%' OR r.destination = 'sms')
            = %(outside)s)
      AND (r.destination = ANY(%(inside)s) OR NOT %(held)s)
      AND r.destination <> ALL (%(paused)s) AND NOT EXISTS (
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
_ENOUGH = rules.LEASE.total_seconds() / 2
_paused: dict[str, datetime] = {}
_COLUMNS = ("id", "destination", "kind", "city", "stream", "version", "refs", "attempts", "created_at")


class SkippedError(Exception):
    """There is nothing to send, and that is right: the recipient is erased, or mail is switched off."""


def deliver_once(limit: int = 50, *, now: datetime | None = None, outside: bool | None = None) -> int:
    """Take up to ``limit`` rows whose turn it is, hand each over, and say how many were taken.

    ``outside`` takes webhooks and SMS alone, or (False) all but them: a slow receiver holds up no mail.
    What cannot be handed over before the lease ends, or goes to where nobody is there now, is put back
    untried.
    """
    moment = now or clock.now()
    parcels = _take(limit, moment, outside)
    end = time.monotonic() + _ENOUGH
    for parcel in parcels:
        if time.monotonic() > end or _is_paused(parcel.destination, now or clock.now()):
            _put_back(parcel, now or clock.now())
        else:
            _see_off(parcel, now)
    return len(parcels)


def _take(limit: int, now: datetime, outside: bool | None) -> list[Parcel]:
    given: dict[str, Any] = {
        "now": now,
        "until": now + rules.LEASE,
        "limit": limit,
        "strict": registry.names(strict=True),
        "outside": outside,
        "paused": [name for name, until in dict(_paused).items() if until > now],
        "inside": registry.names(inside=True),
        "held": _is_held(),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, given)
        found = [_parcel(row) for row in cursor.fetchall()]
    return sorted(found, key=lambda each: (each.destination, each.stream, each.version, each.id))


def _is_paused(destination: str, now: datetime) -> bool:
    until = _paused.get(destination)
    return until is not None and until > now


def _put_back(parcel: Parcel, now: datetime) -> None:
    mine = Row.objects.filter(id=parcel.id, state=Row.WAITING, attempts=parcel.attempts)
    mine.update(next_at=now, attempts=parcel.attempts - 1, error_code=_PUT_BACK)


def _is_held() -> bool:
    """After a restore nothing leaves the house before it is released: what went out since would go twice."""
    return Path(settings.GANTANG_RESTORED_MARK).exists()


def _parcel(row: tuple[Any, ...]) -> Parcel:
    # Raw cursors get jsonb as text.
    return Parcel(
        **{**dict(zip(_COLUMNS, row, strict=True)), "refs": json.loads(row[_COLUMNS.index("refs")])}
    )


def _see_off(parcel: Parcel, now: datetime | None) -> None:
    """Hand one parcel over; whatever happens is written down as a code."""
    state, code, unsure = Row.SENT, "", False
    try:
        place = registry.find(parcel.destination)
        if place.inside:
            with transaction.atomic():
                place.handler(parcel)
                _settle(parcel, Row.SENT, "", now or clock.now())
            return
        place.handler(parcel)
    except SkippedError as why:
        state, code = Row.SKIPPED, str(why)
    except UnknownDestinationError as error:
        state, code = Row.WAITING, error.code
    except UndeliverableError as error:
        state, code = Row.DEAD, error.reason
    except DeliveryError as error:
        state, code, unsure = Row.WAITING, error.reason, error.unsure
        if error.away:
            _paused[parcel.destination] = (now or clock.now()) + rules.PAUSE
    except Exception as error:  # noqa: BLE001  a destination's fault must not stop the others' parcels
        state, code = Row.WAITING, f"fault.{type(error).__name__}"[:60]
    _settle(parcel, state, code, now or clock.now(), unsure=unsure)


def _settle(parcel: Parcel, state: str, code: str, now: datetime, *, unsure: bool = False) -> None:
    """Write the end of a try, unless the lease has passed to another worker meanwhile."""
    if state == Row.WAITING and rules.is_spent(parcel.attempts):
        state = Row.DEAD
    if code:
        log.warning(
            "outbox.not_sent",
            row=str(parcel.id),
            kind=parcel.kind,
            state=state,
            code=code,
            attempts=parcel.attempts,
        )
    mine = Row.objects.filter(id=parcel.id, state=Row.WAITING, attempts=parcel.attempts)
    if unsure:
        mine.update(unsure=F("unsure") + 1)
    if state == Row.WAITING:
        mine.update(next_at=now + rules.wait(parcel.attempts, jitter=_spread.random()), error_code=code)
    else:
        mine.update(state=state, settled_at=now, error_code=code)
