"""Attachments: stripped, sealed under the matter's key, stored by hash beside the data, served through the
same sight."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.files import queries as stored
from gantang.files import service as files
from gantang.kit import crypto, keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters.models import Attachment, Matter
from gantang.matters.rules.sight import party_of
from gantang.matters.service import record
from gantang.matters.service.taking import take
from gantang.vault import service as vault


@dataclass(frozen=True, slots=True)
class Fit:
    """An upload made fit to keep, before any transaction."""

    media: str
    data: bytes = field(repr=False)


def fit(data: bytes) -> Fit:
    """Strip an upload of what it tells about its maker. Errors: those of ``files.service.clean``."""
    files.check_size(len(data))
    cleaned = files.clean(data)
    return Fit(cleaned.mime, cleaned.data)


def attach(*, actor: Actor, matter: UUID, data: bytes, public: bool, key: str, now: datetime) -> UUID:
    """Add a file to a matter; the same bytes twice are one attachment. Returns its id.

    Errors: MatterNotFoundError, ForbiddenError, KeyReusedError, those of ``files.service.clean``.
    """
    made = fit(data)
    mac = crypto.mac("upload", made.data).hex()
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"attach": str(matter), "mac": mac, "public": public})
        if claim.again:
            return UUID(claim.ref["attachment"])
        taken = take(actor, matter, now=now)
        if taken.case.is_closed:
            raise ForbiddenError
        party = party_of(actor)
        id_ = add(w, taken.row, made, actor=actor, public=public and party is None, party=party, now=now)
        note(w, taken.row, actor=actor, now=now)
        claim.keep(201, {"city": taken.row.city, "matter": str(matter), "attachment": str(id_)})
    return id_


def add(
    w: Work, row: Matter, made: Fit, *, actor: Actor, public: bool, party: int | None, now: datetime
) -> UUID:
    """Seal and store the bytes and write their row; a double of one that is there is that one."""
    mac = crypto.mac("attachment", row.id.bytes, made.data)
    held = w.memo.setdefault(("attached", row.id), {})
    known = held.get(mac) or Attachment.objects.filter(city=row.city, matter_id=row.id, mac=mac).first()
    if known is not None:
        return UUID(str(known.id))
    id_ = keys.mint(row.city, now)
    sealed = vault.seal_bytes(w, city=row.city, matter=row.id, file=id_, data=made.data, now=now)
    made_row = Attachment(
        city=row.city,
        id=id_,
        matter_id=row.id,
        stored=files.store(sealed),
        mac=mac,
        media=made.media,
        size=len(made.data),
        entry=None,
        party=party,
        public=public,
        added_at=now,
    )
    w.add(made_row)
    held[mac] = made_row
    return id_


def note(w: Work, row: Matter, *, actor: Actor, now: datetime) -> None:
    """The step of what was attached in this act; none when all of it was there already."""
    held: dict[bytes, Attachment] = w.memo.get(("attached", row.id), {})
    if not held:
        return
    said = [saying(one) for one in held.values()]
    record.record(w, row, [("attached", {"at": now.isoformat(), "files": said})], actor=actor, now=now)


def saying(one: Attachment) -> dict[str, Any]:
    """What a step says of a file."""
    return {
        "id": str(one.id),
        "mac": bytes(one.mac).hex(),
        "size": one.size,
        "party": one.party,
        "public": one.public,
    }


def data_of(row: Attachment) -> bytes:
    """The bytes of an attachment whose row was read in the actor's sight."""
    return vault.open_bytes(city=row.city, matter=row.matter_id, file=row.id, sealed=stored.read(row.stored))
