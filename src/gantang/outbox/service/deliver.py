"""Seeing rows off: taken (``taking``), handed over, settled.

A row is handed over outside the transaction that leased it, and a worker that dies leaves it to be taken
again. So mail may double, never vanish, and the Message-ID tells doubles apart. Rooms of ours run inside the
settling transaction: exactly once.
"""

import secrets
import time
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from gantang.kit import clock
from gantang.outbox import registry, rules
from gantang.outbox.errors import DeliveryError, UndeliverableError, UnknownDestinationError
from gantang.outbox.models import Row
from gantang.outbox.service import taking
from gantang.outbox.types import Parcel

log = structlog.get_logger()
_spread = secrets.SystemRandom()

_AT_ONCE = timedelta()
_ENOUGH = rules.LEASE.total_seconds() / 2


class SkippedError(Exception):
    """There is nothing to send, and that is right: the recipient is erased, or mail is switched off."""


def deliver_once(limit: int = 50, *, now: datetime | None = None, outside: bool | None = None) -> int:
    """Take up to ``limit`` rows whose turn it is, hand each over, and say how many were taken.

    ``outside`` takes webhooks and SMS alone, or (False) all but them: a slow receiver holds up no mail.
    What cannot be handed over before the lease ends, or goes to where nobody is there now, is put back
    untried.
    """
    moment = now or clock.now()
    parcels = taking.take(limit, moment, outside)
    end = time.monotonic() + _ENOUGH
    for parcel in parcels:
        if time.monotonic() > end or taking.is_paused(parcel.destination, now or clock.now()):
            taking.put_back(parcel, now or clock.now())
        else:
            _see_off(parcel, now)
    return len(parcels)


def _see_off(parcel: Parcel, now: datetime | None) -> None:
    """Hand one parcel over; whatever happens is written down as a code."""
    state, code, unsure, least = Row.SENT, "", False, _AT_ONCE
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
        state, code, unsure, least = Row.WAITING, error.reason, error.unsure, error.after or least
        if error.away or error.after:
            taking.pause(parcel.destination, now or clock.now(), least)
    except Exception as error:  # noqa: BLE001  a destination's fault must not stop the others' parcels
        state, code = Row.WAITING, f"fault.{type(error).__name__}"[:60]
    _settle(parcel, state, code, now or clock.now(), unsure=unsure, least=least)


def _settle(
    parcel: Parcel, state: str, code: str, now: datetime, *, unsure: bool = False, least: timedelta = _AT_ONCE
) -> None:
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
        pause = max(least, rules.wait(parcel.attempts, jitter=_spread.random()))
        mine.update(next_at=now + pause, error_code=code)
    else:
        mine.update(state=state, settled_at=now, error_code=code)
