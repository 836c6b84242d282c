"""Receivers of news: ordered by an administrator, told by the rooms, ended by either side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.kit import crypto, tokens
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import Work, work
from gantang.outbox import http, registry, standard
from gantang.outbox.addresses import AddressError
from gantang.outbox.errors import WRONG, WebhookNotFoundError, WebhookRefusedError
from gantang.outbox.models import Webhook
from gantang.outbox.service.keep import put

FAMILY = "webhook"
AAD = b"webhook secret"
OVERLAP = timedelta(days=1)


def destination(webhook: int) -> str:
    """The name of a receiver as a destination."""
    return f"{FAMILY}.{webhook}"


@dataclass(frozen=True, slots=True)
class _Order:
    id: int
    kinds: frozenset[str]
    ground: str


_held: tuple[int, tuple[_Order, ...]] = (0, ())


def order(
    *, actor: Actor, address: str, kinds: Collection[str], ground: str = "", basis: str = "", now: datetime
) -> tuple[int, str]:
    """A new receiver of these kinds of news from this ground (the beginning of a code; none is all): its
    number, and its secret, which is shown once. Errors: ForbiddenError, WebhookRefusedError."""
    _only_admin(actor)
    _check(address, kinds, ground)
    secret = crypto.new_key()
    row = Webhook(
        address=address,
        kinds=sorted(set(kinds)),
        ground=ground,
        basis=basis,
        secret=crypto.wrap(secret, AAD),
        ordered_by=actor.account,
        created_at=now,
    )
    with work(actor) as w:
        w.add(row)
    return row.pk, standard.secret_text(secret)


def rotate(*, actor: Actor, id: int, now: datetime, overlap: timedelta = OVERLAP) -> str:
    """A new secret, shown once; the old one signs as well for so long. Errors: ForbiddenError,
    WebhookNotFoundError."""
    _only_admin(actor)
    secret = crypto.new_key()
    with work(actor) as w:
        row = locked(id)
        row.old_secret, row.old_until = row.secret, now + overlap
        row.secret = crypto.wrap(secret, AAD)
        w.change(row, ["secret", "old_secret", "old_until"])
    return standard.secret_text(secret)


def rewrap_secrets() -> int:
    """Wrap the receivers' secrets by the newest master key; how many receivers. They stay the same."""
    with work(SYSTEM) as w:
        rows = list(Webhook.objects.select_for_update().order_by("id"))
        for row in rows:
            row.secret = crypto.wrap(crypto.unwrap(bytes(row.secret), AAD), AAD)
            if row.old_secret:
                row.old_secret = crypto.wrap(crypto.unwrap(bytes(row.old_secret), AAD), AAD)
            w.change(row, ["secret", "old_secret"])
    return len(rows)


def end(*, actor: Actor, id: int, now: datetime) -> None:
    """No more news to this receiver; what waits for it is let go of. Errors: ForbiddenError,
    WebhookNotFoundError."""
    _only_admin(actor)
    with work(actor) as w:
        row = locked(id)
        row.ended_at, row.ended_why = now, "ended"
        w.change(row, ["ended_at", "ended_why"])


def announce(
    w: Work,
    *,
    kind: str,
    city: int,
    stream: UUID,
    version: int,
    ground: str,
    refs: Mapping[str, Any],
    now: datetime,
) -> None:
    """News of a room, in the act's transaction, to whoever ordered it for this ground.

    ``refs`` are what a receiver reads: references and facts that are open to everybody, no text.
    """
    for one in _orders():
        if kind in one.kinds and ground.startswith(one.ground):
            put(
                w,
                destination=destination(one.id),
                kind=kind,
                city=city,
                stream=stream,
                version=version,
                refs=refs,
                now=now,
            )


def _orders() -> tuple[_Order, ...]:
    """The receivers in force, kept in memory until one is added or ended."""
    global _held
    if (token := tokens.token("outbox")) != _held[0]:
        rows = Webhook.objects.filter(ended_at=None).order_by("id")
        _held = token, tuple(_Order(row.pk, frozenset(row.kinds), row.ground) for row in rows)
    return _held[1]


def _check(address: str, kinds: Collection[str], ground: str) -> None:
    strange = sorted(set(kinds) - set(registry.events()))
    if strange or not kinds:
        raise _refused(", ".join(strange) or "kinds")
    if not (ground.isascii() and (ground.isalnum() or not ground)):
        raise _refused("ground")
    try:
        http.look_at(address)
    except AddressError as error:
        raise _refused(str(error)) from None


def _refused(what: str) -> WebhookRefusedError:
    return WebhookRefusedError(details={"what": str(WRONG.get(what, what))})


def locked(id: int) -> Webhook:
    """A receiver that has not ended, held until the transaction ends. Errors: WebhookNotFoundError."""
    row = Webhook.objects.select_for_update().filter(id=id, ended_at=None).first()
    if row is None:
        raise WebhookNotFoundError
    return row


def _only_admin(actor: Actor) -> None:
    if not actor.admin:
        raise ForbiddenError
