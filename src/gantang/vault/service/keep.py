"""Putting people and texts away."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gantang.kit import crypto, keys
from gantang.kit.rows import fresh
from gantang.kit.work import Work
from gantang.vault import blind, keyring, rules
from gantang.vault.errors import ErasedError, NoEntryError, UnknownFieldError, UnknownKindError
from gantang.vault.models import BlindIndex, Entry
from gantang.vault.types import Kept, Plain


def keep(
    w: Work,
    *,
    city: int,
    matter: UUID,
    kind: str,
    plain: Plain,
    purpose: str,
    party: int | None = None,
    keep_until: date | None = None,
    is_new: bool = False,
    own_key: bool = False,
    now: datetime,
) -> Kept:
    """Seal a person (a mapping of fields) or a text in the act's unit of work.

    ``is_new`` says that the matter is made in this act, which saves the look for its key. ``own_key`` gives
    the party (not 0) a key of its own; whatever is kept of that party from then on is sealed under it. The
    step of the act holds ``Kept.hash``, the keyed hash of the ciphertext. Errors: UnknownKindError, for a
    purpose that is not registered as well; UnknownFieldError.
    """
    if purpose not in rules.PURPOSES:
        raise UnknownKindError(details={"purpose": purpose if purpose.isascii() else "-"})
    _check(kind, plain)
    w.name([matter])
    key = keyring.made(w, city=city, matter=matter, is_new=is_new, now=now)
    own = None
    if party:
        own = keyring.made_of_person(w, city=city, matter=matter, party=party, own=own_key, now=now)
    entry = fresh(
        Entry,
        city=city,
        id=keys.mint(city, now),
        matter_id=matter,
        kind=kind,
        party=party,
        purpose=purpose,
        keep_until=keep_until,
        own_key=bool(own),
        kept_at=now,
    )
    sealed = _sealed(own or key, entry, plain)
    w.add(entry)
    if isinstance(plain, Mapping):
        _index(w, entry, plain)
    return Kept(entry.id, step_hash(sealed))


def amend(w: Work, *, city: int, matter: UUID, entry: UUID, plain: Plain, now: datetime) -> Kept:
    """Put new content in an entry's place; the old ciphertext is gone. Errors: NoEntryError, ErasedError."""
    w.name([matter])
    row = Entry.objects.filter(city=city, matter_id=matter, id=entry).first()
    if row is None:
        raise NoEntryError
    if row.erased_at:
        raise ErasedError
    _check(row.kind, plain)
    key = _own_key(row) or keyring.made(w, city=city, matter=matter, is_new=False, now=now)
    was, row.version = row.version, row.version + 1
    sealed = _sealed(key, row, plain)
    w.change(row, ["sealed", "version"], version=was)
    if isinstance(plain, Mapping):
        for old in BlindIndex.objects.filter(city=city, matter_id=matter, entry_id=entry):
            w.remove(old)
        _index(w, row, plain)
    return Kept(row.id, step_hash(sealed))


def rebind(
    w: Work, *, city: int, matter: UUID, to_city: int, to_matter: UUID, now: datetime
) -> dict[UUID, Kept]:
    """Copy what is not erased under a matter of another city, sealed anew for its place (a transfer).

    Returns old entry id → new entry. The old entries are the caller's to ``erase``.
    """
    w.name([matter, to_matter])
    old_key = keyring.existing(city=city, matter=matter)
    moved = {}
    for row in Entry.objects.filter(city=city, matter_id=matter, erased_at=None).order_by("id"):
        moved[row.id] = keep(
            w,
            city=to_city,
            matter=to_matter,
            kind=row.kind,
            plain=content_of(row, old_key),
            purpose=row.purpose,
            party=row.party,
            keep_until=row.keep_until,
            own_key=row.own_key,
            now=now,
        )
    return moved


def content_of(row: Entry, key: bytes) -> Any:
    """What an entry holds. Errors: ErasedError; SealError if the row was moved or changed."""
    if row.sealed is None:
        raise ErasedError
    where = rules.binding(city=row.city, matter=row.matter_id, entry=row.id, kind=row.kind)
    return rules.read(crypto.unseal(_own_key(row) or key, bytes(row.sealed), where))


def _own_key(row: Entry) -> bytes | None:
    """The key of the person's own under which an entry is sealed, if it is. Errors: ErasedError."""
    if not row.own_key or row.party is None:
        return None
    return keyring.of_person(city=row.city, matter=row.matter_id, party=row.party)


def step_hash(sealed: bytes) -> str:
    """The keyed hash of a ciphertext, as steps hold it."""
    return crypto.mac("vault step", sealed).hex()


def _sealed(key: bytes, row: Entry, plain: Plain) -> bytes:
    where = rules.binding(city=row.city, matter=row.matter_id, entry=row.id, kind=row.kind)
    sealed = crypto.seal(key, rules.spell(plain), where)
    row.sealed = sealed
    return sealed


def _index(w: Work, entry: Entry, person: Mapping[str, Any]) -> None:
    if "vault generation" not in w.memo:
        w.memo["vault generation"] = blind.newest()
    generation = w.memo["vault generation"]
    for row in blind.rows(
        city=entry.city, matter=entry.matter_id, entry=entry.id, person=person, generation=generation
    ):
        w.add(row)


def _check(kind: str, plain: Plain) -> None:
    if kind not in rules.KINDS:
        raise UnknownKindError(details={"kind": kind})
    if isinstance(plain, str):
        if kind == "person":
            raise UnknownFieldError(details={"field": "-"})
    elif kind not in rules.FIELD_KINDS:
        raise UnknownKindError(details={"kind": kind})
    else:
        for field in set(plain) - rules.FIELDS:
            raise UnknownFieldError(details={"field": field if field.isascii() else "-"})
