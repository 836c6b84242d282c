"""Finding a person's matters by a phone, an ID number or a name, without anything readable in an index."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from gantang.kit import window
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import work
from gantang.vault import blind, keyring, rules
from gantang.vault.errors import ErasedError, UnknownFieldError
from gantang.vault.models import BlindIndex, Entry, Generation
from gantang.vault.service.keep import content_of
from gantang.vault.service.log import check_reason, looked
from gantang.vault.types import Found

_AT_MOST = 200


def find(*, actor: Actor, field: str, value: str, reason: str, now: datetime) -> list[Found]:
    """The matters whose people have this phone, ID number or name; the asking is a step, whatever is found.

    The caller shows only those in the actor's sight. Errors: UnknownFieldError, UnknownReasonError.
    """
    check_reason(reason)
    if field not in rules.INDEXED:
        raise UnknownFieldError(details={"field": field if field.isascii() else "-"})
    if not rules.normal(field, value):
        return []
    with work(actor) as w:
        rows = BlindIndex.objects.filter(field=field, hash__in=blind.hashes(field, value)).order_by(
            "-matter_id"
        )
        found = [Found(row.city, row.matter_id, row.entry_id) for row in rows[:_AT_MOST]]
        looked(w, actor=actor, name="vault.asked", data={"field": field, "reason": reason}, now=now)
    return list(dict.fromkeys(found))


def rotate_index(*, actor: Actor, now: datetime) -> int:
    """Begin a new key for blind indexes; old ones still answer until ``reindex`` has passed over them."""
    if not actor.admin and actor is not SYSTEM:
        raise ForbiddenError
    number = blind.newest() + 1
    Generation.objects.bulk_create([Generation(number=1, since=now)], ignore_conflicts=True)
    Generation.objects.create(number=number, since=now)
    window.forget()
    return number


def reindex(*, city: int, matters: Iterable[UUID]) -> int:
    """Make the index rows of these matters anew under the newest key; returns the people done."""
    done = 0
    for matter in matters:
        with work(SYSTEM, ids=[matter]):
            done += _reindex(city, matter)
    return done


def _reindex(city: int, matter: UUID) -> int:
    generation = blind.newest()
    people = list(Entry.objects.filter(city=city, matter_id=matter, kind="person", erased_at=None))
    if not people:
        return 0
    try:
        key = keyring.existing(city=city, matter=matter)
    except ErasedError:
        return 0
    BlindIndex.objects.filter(city=city, matter_id=matter).delete()
    for row in people:
        made = blind.rows(
            city=city, matter=matter, entry=row.id, person=content_of(row, key), generation=generation
        )
        BlindIndex.objects.bulk_create(made)
    return len(people)
