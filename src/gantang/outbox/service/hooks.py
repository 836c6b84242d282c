"""A receiver is tried with a test of no matter, held for a while, and let go on."""

from datetime import datetime

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import work
from gantang.outbox.errors import WebhookPausedError
from gantang.outbox.service.keep import put
from gantang.outbox.service.webhooks import destination, locked

#: What a test is called where it arrives; nobody orders it.
TEST = "webhook.test"


def try_out(*, actor: Actor, id: int, now: datetime) -> None:
    """Send a receiver a signed test that says nothing of any matter. Errors: ForbiddenError,
    WebhookNotFoundError, WebhookPausedError."""
    _only_admin(actor)
    city = keys.city_on("")
    with work(actor) as w:
        if locked(id).paused_at is not None:
            raise WebhookPausedError
        put(
            w,
            destination=destination(id),
            kind=TEST,
            city=city,
            stream=keys.mint(city, now),
            version=1,
            refs={"at": now.isoformat()},
            now=now,
            prompt=True,
        )


def pause(*, actor: Actor, id: int, now: datetime) -> None:
    """What a receiver is told waits from now on, in its order. Errors: ForbiddenError,
    WebhookNotFoundError."""
    _set_paused(actor, id, now)


def go_on(*, actor: Actor, id: int) -> None:
    """What waited leaves, and what comes. Errors: ForbiddenError, WebhookNotFoundError."""
    _set_paused(actor, id, None)


def _set_paused(actor: Actor, id: int, at: datetime | None) -> None:
    _only_admin(actor)
    with work(actor) as w:
        row = locked(id)
        if (row.paused_at is None) != (at is None):
            row.paused_at = at
            w.change(row, ["paused_at"])


def _only_admin(actor: Actor) -> None:
    if not actor.admin:
        raise ForbiddenError
