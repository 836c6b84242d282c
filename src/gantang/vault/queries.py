"""What may be known of the vault without opening it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.outbox import queries as outbox
from gantang.vault import keyring, looks, places, rules
from gantang.vault.errors import NotHolderError
from gantang.vault.models import Entry, Forgotten, Rotation
from gantang.vault.service.keep import content_of, step_hash
from gantang.vault.types import Card, EntryView, Registered, Turning

looks_at, looks_by = looks.looks_at, looks.looks_by


def entries(actor: Actor, *, city: int, matter: UUID) -> list[EntryView]:
    """What the vault holds under a matter that was read in the actor's sight: kinds and terms, no content."""
    with reading(actor, ids=[matter]):
        return [_view(row) for row in Entry.objects.filter(city=city, matter_id=matter).order_by("id")]


def cards(actor: Actor, *, city: int, matter: UUID, holds_duty: bool) -> list[Card]:
    """The people of a matter with every field masked (``王**``, ``139****7715``). Errors: NotHolderError."""
    if not holds_duty:
        raise NotHolderError
    with reading(actor, ids=[matter]):
        rows = list(
            Entry.objects.filter(
                city=city, matter_id=matter, kind__in=rules.FIELD_KINDS, erased_at=None
            ).order_by("id")
        )
        if not rows:
            return []
        key = keyring.existing(city=city, matter=matter)
        return [Card(row.id, row.party, _shaded(row, content_of(row, key))) for row in rows]


def due(actor: Actor, *, city: int, matter: UUID, on: date) -> list[UUID]:
    """The entries of a matter whose term has passed."""
    with reading(actor, ids=[matter]):
        rows = Entry.objects.filter(city=city, matter_id=matter, erased_at=None, keep_until__lt=on)
        return list(rows.order_by("id").values_list("id", flat=True))


def hashes(actor: Actor, *, city: int, matter: UUID) -> dict[UUID, str | None]:
    """The step hash of each entry as it stands, None for a tombstone: a rebuild checks the steps against
    it."""
    return hashes_of(actor, city=city, matters=[matter])[matter]


def hashes_of(actor: Actor, *, city: int, matters: Sequence[UUID]) -> dict[UUID, dict[UUID, str | None]]:
    """The same of several matters of a city, by matter."""
    found: dict[UUID, dict[UUID, str | None]] = {matter: {} for matter in matters}
    with reading(actor, ids=matters):
        rows = Entry.objects.filter(city=city, matter_id__in=matters).order_by("id")
        for id_, matter, sealed in rows.values_list("id", "matter_id", "sealed"):
            found[matter][id_] = None if sealed is None else step_hash(bytes(sealed))
    return found


def reasons() -> tuple[str, ...]:
    """The closed list of reasons to open a field."""
    return tuple(sorted(rules.REASONS))


def rotations() -> list[Turning]:
    """Every rotation of keys, the newest first, with how far it has come."""
    total = places.total()
    return [
        Turning(one.kind, one.number, one.looked, total, one.done, one.began_at, one.done_at)
        for one in Rotation.objects.order_by("-began_at", "-id")
    ]


def masters() -> dict[int, int]:
    """By number of the master key, how many data keys and receivers' secrets it wraps. Once nothing stands
    under an old number, only tips, their commitments and backups may still need its file."""
    return Counter(places.masters()) + Counter(outbox.secrets_by_master())


def left_on_old_keys() -> int:
    """How many of these a master key older than the newest wraps."""
    newest = crypto.newest_master()
    return sum(count for number, count in masters().items() if number < newest)


def is_turning() -> bool:
    """Whether a rotation waits for the worker."""
    return Rotation.objects.filter(done_at=None).exists()


def registered() -> tuple[Registered, ...]:
    """The register of personal data, in its order."""
    words = rules.PURPOSES, rules.BASES, rules.TERMS
    return tuple(
        Registered(one.place, one.name, words[0][one.purpose], words[1][one.basis], words[2][one.term])
        for one in rules.register().values()
    )


def purpose(code: str) -> tuple[str, str]:
    """What a purpose is called, in Chinese and English."""
    return rules.PURPOSES.get(code, (code, code))


def _view(row: Entry) -> EntryView:
    return EntryView(
        row.id,
        row.matter_id,
        row.kind,
        row.party,
        row.own_key,
        row.purpose,
        row.keep_until,
        row.version,
        row.kept_at,
        row.erased_at,
    )


def _shaded(row: Entry, content: Any) -> Mapping[str, str]:
    fields = {row.kind: content} if isinstance(content, str) else content
    return {
        field: rules.shade_field("address" if field == "place" else field, str(value))
        for field, value in fields.items()
        if value
    }


def not_on_the_list() -> int:
    """How many erasures do not stand on the list beside the keys yet."""
    return Forgotten.objects.count()
