"""Attachments under their matter's key: ``files`` keeps the bytes and cannot read them."""

from datetime import datetime
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work, reading
from gantang.vault import keyring, rules


def seal_bytes(
    w: Work, *, city: int, matter: UUID, file: UUID, data: bytes, is_new: bool = False, now: datetime
) -> bytes:
    """Seal an attachment's bytes for its place under a matter, in the act's unit of work."""
    key = keyring.made(w, city=city, matter=matter, is_new=is_new, now=now)
    return crypto.seal(key, data, rules.file_binding(city=city, matter=matter, file=file))


def open_bytes(*, city: int, matter: UUID, file: UUID, sealed: bytes) -> bytes:
    """The bytes of an attachment. The caller has read its row in the actor's sight. Errors: SealError,
    ErasedError."""
    with reading(SYSTEM, ids=[matter]):
        key = keyring.existing(city=city, matter=matter)
    return crypto.unseal(key, sealed, rules.file_binding(city=city, matter=matter, file=file))
