"""Data keys: one a matter, wrapped by the master key. Held in memory for one act only."""

from datetime import datetime
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.work import Work
from gantang.vault import rules
from gantang.vault.errors import ErasedError
from gantang.vault.models import Key


def existing(*, city: int, matter: UUID) -> bytes:
    """The data key of a matter that has one. Errors: ErasedError once it is destroyed or was never made."""
    row = Key.objects.filter(city=city, matter_id=matter).first()
    if row is None or row.wrapped is None:
        raise ErasedError
    return crypto.unwrap(bytes(row.wrapped), rules.key_binding(city=city, matter=matter))


def made(w: Work, *, city: int, matter: UUID, is_new: bool, now: datetime) -> bytes:
    """The data key of a matter, made in this act if it has none yet."""
    place = ("vault key", city, matter)
    if place not in w.memo:
        w.memo[place] = _found_or_made(w, city=city, matter=matter, is_new=is_new, now=now)
    key: bytes = w.memo[place]
    return key


def _found_or_made(w: Work, *, city: int, matter: UUID, is_new: bool, now: datetime) -> bytes:
    if not is_new:
        w.name([matter])
        if Key.objects.filter(city=city, matter_id=matter).exists():
            return existing(city=city, matter=matter)
    key = crypto.new_key()
    wrapped = crypto.wrap(key, rules.key_binding(city=city, matter=matter))
    w.add(Key(city=city, matter_id=matter, wrapped=wrapped, made_at=now))
    return key
