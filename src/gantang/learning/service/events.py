"""Lectures and visits (讲习所、大讲堂、五进): where, what about, how many came. Nobody's name."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.learning import errors
from gantang.learning.models import Event
from gantang.learning.queries.courses import ground_of
from gantang.learning.service.common import record_event
from gantang.learning.types import KINDS, NewEvent
from gantang.territory import queries as territory

_TEXT, _MOST = 60, 20_000


def hold_event(*, actor: Actor, event: NewEvent, key: str, now: datetime) -> UUID:
    """Enter an event that took place on the ground of the actor's unit. The same key is one event. Errors:
    NoPostError, EntryError, KeyReusedError."""
    _check(actor, event, now)
    body = asdict(event) | {"on": event.on.isoformat()}
    with work(actor) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["event"])
        made = Event(id=keys.mint(keys.city_on(event.ground), now), **asdict(event), entered_at=now)
        w.add(made)
        told = {"kind": event.kind, "ground": event.ground, "attendance": event.attendance}
        record_event(w, made.id, "held", told, now)
        claim.keep(201, {"event": str(made.id)})
    return made.id


def withdraw_event(*, actor: Actor, event: UUID, now: datetime) -> None:
    """Take back what was entered by mistake; it counts no longer. Errors: NoPostError, NoEventError."""
    home = ground_of(actor)
    with work(actor) as w:
        row = Event.objects.select_for_update().filter(pk=event, withdrawn_at=None).first()
        if row is None or not row.ground.startswith(home):
            raise errors.NoEventError
        row.withdrawn_at = now
        w.change(row, ["withdrawn_at"], withdrawn_at=None)
        record_event(w, event, "withdrawn", {}, now)


def _check(actor: Actor, one: NewEvent, now: datetime) -> None:
    home = ground_of(actor)
    texts = (one.topic, one.place)
    if not one.ground.startswith(home) or not territory.exists(one.ground, now.date()):
        raise errors.wrong("ground", one.ground)
    if one.kind not in KINDS or any(not 0 < len(text) <= _TEXT or not text.isprintable() for text in texts):
        raise errors.wrong("event")
    if one.on > now.date() or not 0 <= one.attendance <= _MOST:
        raise errors.wrong("event")
