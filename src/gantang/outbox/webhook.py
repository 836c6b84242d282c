"""Webhooks: one signed POST a parcel, made of its references alone, the same bytes at every try."""

from datetime import datetime

from django.db import connection

from gantang.kit import clock, crypto
from gantang.kit.canonical import canonical
from gantang.outbox import http, standard
from gantang.outbox.errors import DeliveryError, UndeliverableError
from gantang.outbox.models import Webhook
from gantang.outbox.service.deliver import SkippedError
from gantang.outbox.service.webhooks import AAD
from gantang.outbox.types import Parcel

_GONE = 410


def send(parcel: Parcel) -> None:
    """Sign the parcel and post it. An answer 410 ends the receiver for good.

    Errors: DeliveryError, to be tried again; UndeliverableError; SkippedError where it has ended.
    """
    row = Webhook.objects.filter(id=int(parcel.destination.partition(".")[2]), ended_at=None).first()
    if row is None:
        raise SkippedError("webhook.ended")
    now = clock.now()
    body = body_of(parcel)
    identity = standard.message_id(stream=parcel.stream, kind=parcel.kind, version=parcel.version)
    signed = standard.headers(
        _secrets(row, now), identity=identity, timestamp=int(now.timestamp()), body=body
    )
    if not connection.in_atomic_block:
        connection.close()  # whoever waits for an answer needs no connection of the pool meanwhile
    answer = http.post(row.address, body, signed)
    if answer.status == _GONE:
        Webhook.objects.filter(id=row.id).update(ended_at=now, ended_why="gone")
        raise UndeliverableError("http.410")
    if not 200 <= answer.status < 300:
        raise DeliveryError(f"http.{answer.status}", after=answer.after)


def body_of(parcel: Parcel) -> bytes:
    """What the receiver reads: the kind, when it happened, and references."""
    at = parcel.refs.get("at") or (parcel.created_at.isoformat() if parcel.created_at else None)
    data = {**parcel.refs, "version": parcel.version}
    return canonical({"type": parcel.kind, "timestamp": at, "data": data})


def _secrets(row: Webhook, now: datetime) -> list[bytes]:
    """The secrets in force, the new one first."""
    found = [crypto.unwrap(bytes(row.secret), AAD)]
    if row.old_secret is not None and row.old_until is not None and row.old_until > now:
        found.append(crypto.unwrap(bytes(row.old_secret), AAD))
    return found
