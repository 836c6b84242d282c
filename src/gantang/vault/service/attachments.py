"""Attachments and documents under their matter's key: ``files`` keeps the bytes and cannot read them."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from gantang.kit import crypto, pieces, window
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.pieces import Content
from gantang.kit.work import Work, reading, work
from gantang.vault import keyring, rules
from gantang.vault.service.log import looked

#: What bytes are kept for: what somebody attached, or what the matter itself issued.
FILE, DOCUMENT = "file", "document"


def seal_bytes(
    w: Work,
    *,
    city: int,
    matter: UUID,
    file: UUID,
    data: bytes,
    purpose: str = FILE,
    is_new: bool = False,
    now: datetime,
) -> bytes:
    """Seal the bytes of an attachment or a document for its place under a matter, in the act's unit of
    work."""
    key = keyring.made(w, city=city, matter=matter, is_new=is_new, now=now)
    return crypto.seal(key, data, rules.file_binding(city=city, matter=matter, file=file, purpose=purpose))


def open_bytes(*, city: int, matter: UUID, file: UUID, sealed: bytes, purpose: str = FILE) -> bytes:
    """The bytes sealed for that purpose. The caller has read their row in the actor's sight. Errors:
    SealError, ErasedError."""
    with reading(SYSTEM, ids=[matter]):
        key = keyring.existing(city=city, matter=matter)
    return crypto.unseal(
        key, sealed, rules.file_binding(city=city, matter=matter, file=file, purpose=purpose)
    )


def seal_file(
    w: Work, *, city: int, matter: UUID, file: UUID, data: Content, now: datetime
) -> Iterator[bytes]:
    """``seal_bytes`` of an attachment, piece by piece (``kit.pieces``)."""
    key = keyring.made(w, city=city, matter=matter, is_new=False, now=now)
    place = rules.file_binding(city=city, matter=matter, file=file, purpose=FILE)
    return pieces.seal(key, data.pieces(), place)


def open_file(*, city: int, matter: UUID, file: UUID, sealed: Content) -> Content:
    """An attachment, opened piece by piece as it is read. The caller has read its row in the actor's sight.
    Errors: SealError, ErasedError."""
    if not pieces.is_in_pieces(b"".join(sealed.pieces(0, 1))):
        whole = b"".join(sealed.pieces())
        return pieces.Whole(open_bytes(city=city, matter=matter, file=file, sealed=whole))
    key = window.once(("file key", city, matter), lambda: _key(city, matter))  # many are opened for one paper
    return pieces.Opened(key, sealed, rules.file_binding(city=city, matter=matter, file=file, purpose=FILE))


def _key(city: int, matter: UUID) -> bytes:
    with reading(SYSTEM, ids=[matter]):
        return keyring.existing(city=city, matter=matter)


def open_document(
    *, actor: Actor, city: int, matter: UUID, document: UUID, sealed: bytes, now: datetime
) -> bytes:
    """A document's bytes for somebody who reads it, in whose sight its row was read.

    Each reading by the staff is a step on the account's stream, with the purpose; the people a document
    is for read their own, and nobody else looked. Errors: SealError, ErasedError.
    """
    data = open_bytes(city=city, matter=matter, file=document, sealed=sealed, purpose=DOCUMENT)
    if actor.account is not None:
        with work(actor, ids=[matter]) as w:
            said = {"city": city, "matter": str(matter), "document": str(document), "purpose": DOCUMENT}
            looked(w, actor=actor, name="vault.opened", data=said, now=now)
    return data
