"""Data keys: one a matter, and one more for a person who has their own; wrapped by the master key. Held in
memory for one act only."""

from datetime import datetime
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.rows import fresh
from gantang.kit.work import Work
from gantang.vault import rules
from gantang.vault.errors import ErasedError
from gantang.vault.models import Key, PersonKey


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
        row = Key.objects.filter(city=city, matter_id=matter).first()
        if row is not None and row.wrapped is None:
            return renewed(w, city=city, matter=matter, now=now)  # what was erased stays so under no key
        if row is not None:
            return existing(city=city, matter=matter)
    key = crypto.new_key()
    wrapped = crypto.wrap(key, rules.key_binding(city=city, matter=matter))
    w.add(fresh(Key, city=city, matter_id=matter, wrapped=wrapped, made_at=now))
    return key


def renewed(w: Work, *, city: int, matter: UUID, now: datetime) -> bytes:
    """A new data key in the place of a matter's old one, which is gone with it."""
    row = Key.objects.get(city=city, matter_id=matter)
    key = crypto.new_key()
    row.wrapped, row.made_at = crypto.wrap(key, rules.key_binding(city=city, matter=matter)), now
    row.destroyed_at = None
    w.change(row, ["wrapped", "made_at", "destroyed_at"])
    w.memo["vault key", city, matter] = key
    return key


def of_person(*, city: int, matter: UUID, party: int) -> bytes:
    """The data key of a person's own. Errors: ErasedError once it is destroyed or was never made."""
    row = PersonKey.objects.filter(city=city, matter_id=matter, party=party).first()
    if row is None or row.wrapped is None:
        raise ErasedError
    where = rules.person_key_binding(city=city, matter=matter, party=party)
    return crypto.unwrap(bytes(row.wrapped), where)


def made_of_person(w: Work, *, city: int, matter: UUID, party: int, own: bool, now: datetime) -> bytes | None:
    """The data key of a person who has their own, made in this act where ``own`` asks for it; None for all
    others."""
    place = ("person key", city, matter, party)
    if w.memo.get(place) is None:
        w.name([matter])
        if PersonKey.objects.filter(city=city, matter_id=matter, party=party).exists():
            w.memo[place] = of_person(city=city, matter=matter, party=party)
        else:
            w.memo[place] = _person_key(w, city, matter, party, now) if own else None
    key: bytes | None = w.memo[place]
    return key


def _person_key(w: Work, city: int, matter: UUID, party: int, now: datetime) -> bytes:
    key = crypto.new_key()
    wrapped = crypto.wrap(key, rules.person_key_binding(city=city, matter=matter, party=party))
    w.add(fresh(PersonKey, city=city, matter_id=matter, party=party, wrapped=wrapped, made_at=now))
    return key
