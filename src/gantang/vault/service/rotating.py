"""New keys without an interruption: one is added, new values are made with it at once, old ones are taken
over batch by batch while everything goes on.

A rotation may stop anywhere and be run on two machines: what is done twice is the same, and the place reached
moves on only from where it was found. It goes by what has a data key, so that bookings and notices are taken
over as matters are; receivers' secrets come last. Root key, tips and their commitments keep the master keys
they have, and backups hold keys as they were, so old ``master-<n>.key`` files stay.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from gantang.kit import crypto
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.outbox import service as outbox
from gantang.vault import places
from gantang.vault.models import Rotation
from gantang.vault.service.lookup import reindex, rotate_index
from gantang.vault.service.rewrap import rewrap

BATCH = 200
_WORK: dict[str, Callable[..., int]] = {Rotation.MASTER: rewrap, Rotation.INDEX: reindex}


def new_master(*, actor: Actor, now: datetime) -> int:
    """Add a master key and begin to take the data keys over to it; its number. Errors: ForbiddenError."""
    _check(actor)
    number = crypto.add_master_key()
    Rotation.objects.create(kind=Rotation.MASTER, number=number, began_at=now)
    return number


def new_index(*, actor: Actor, now: datetime) -> int:
    """Begin a new key for blind indexes and take the rows over to it; its number. Errors: ForbiddenError."""
    number = rotate_index(actor=actor, now=now)
    Rotation.objects.create(kind=Rotation.INDEX, number=number, began_at=now)
    return number


def go_on(*, now: datetime, limit: int = BATCH) -> bool:
    """Go on with the rotation that began first, by one batch; False when none waits."""
    one = Rotation.objects.filter(done_at=None).order_by("began_at", "id").first()
    if one is None:
        return False
    city = places.next_city() if one.city is None else one.city
    if city is None:
        return _finish(one, now)
    ids = places.of_city(city, after=one.after or places.FIRST, most=limit)
    done = _WORK[one.kind](city=city, matters=ids)
    counted = {"looked": F("looked") + len(ids), "done": F("done") + done}
    if len(ids) == limit:
        return _move_on(one, city=city, after=ids[-1], **counted)
    if (following := places.next_city(city)) is not None:
        return _move_on(one, city=following, after=None, **counted)
    return _finish(one, now, **counted)


def _finish(one: Rotation, now: datetime, **change: object) -> bool:
    if one.kind == Rotation.MASTER:
        outbox.rewrap_secrets()
    return _move_on(one, done_at=now, **change)


def _move_on(one: Rotation, **change: object) -> bool:
    """The place reached, unless another machine was quicker."""
    Rotation.objects.filter(pk=one.pk, city=one.city, after=one.after, done_at=None).update(**change)
    return True


def _check(actor: Actor) -> None:
    if not actor.admin and actor is not SYSTEM:
        raise ForbiddenError
