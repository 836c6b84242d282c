"""Attachments: stripped, sealed under the matter's key, stored by hash beside the data, served through the
same sight."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from gantang.files import queries as stored
from gantang.files import service as files
from gantang.kit import crypto, keys
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.pieces import Content, sealed_size
from gantang.kit.work import Work, work
from gantang.matters.models import Attachment, Matter
from gantang.matters.rules.sight import party_of
from gantang.matters.service import record
from gantang.matters.service.taking import take
from gantang.vault import service as vault

#: Under this name the step tells when and where pictures were taken.
TAKEN = "taken"
#: Under this purpose people's files are kept, as the register has it.
PURPOSE = "casework"


@dataclass(frozen=True, slots=True)
class Fit:
    """An upload made fit to keep, before any transaction."""

    media: str
    content: Content = field(repr=False)
    taken: str = field(default="", repr=False)

    def mac(self, purpose: str, *parts: bytes) -> bytes:
        """A keyed hash of the parts and the content."""
        work = crypto.Mac(purpose, *parts, size=self.content.size)
        for piece in self.content.pieces():
            work.update(piece)
        return work.value()


def fit(data: bytes | BinaryIO, *, shows_place: bool = False) -> Fit:
    """Strip an upload of what it tells about its maker; when and where a picture was taken is kept
    beside where somebody says that it ``shows_place``. Errors: those of ``files.service.clean``."""
    cleaned = files.clean(data)
    return Fit(cleaned.mime, cleaned.content, files.taken(data) if shows_place else "")


def attach(
    *,
    actor: Actor,
    matter: UUID,
    data: bytes | BinaryIO,
    public: bool,
    shows_place: bool = False,
    key: str,
    now: datetime,
) -> UUID:
    """Add a file to a matter; the same bytes twice are one attachment. Returns its id. ``shows_place``:
    when and where the picture was taken goes to the vault, as a note of the step.

    Errors: MatterNotFoundError, ForbiddenError, KeyReusedError, TooManyFilesError, those of
    ``files.service.clean`` and ``store_pieces``.
    """
    made = fit(data, shows_place=shows_place)
    body = {"attach": str(matter), "mac": made.mac("upload").hex(), "public": public}
    body |= {"shows_place": True} if shows_place else {}
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["attachment"])
        taken = take(actor, matter, now=now)
        if taken.case.is_closed:
            raise ForbiddenError
        there = Attachment.objects.filter(city=taken.row.city, matter_id=matter)
        files.check_count(there.count())
        party = party_of(actor)
        id_ = add(w, taken.row, made, actor=actor, public=public and party is None, party=party, now=now)
        note(w, taken.row, actor=actor, now=now)
        claim.keep(201, {"city": taken.row.city, "matter": str(matter), "attachment": str(id_)})
    return id_


def add(
    w: Work, row: Matter, made: Fit, *, actor: Actor, public: bool, party: int | None, now: datetime
) -> UUID:
    """Seal and store the bytes and write their row; a double of one that is there is that one."""
    mac = made.mac("attachment", row.id.bytes)
    held = w.memo.setdefault(("attached", row.id), {})
    known = held.get(mac) or Attachment.objects.filter(city=row.city, matter_id=row.id, mac=mac).first()
    if known is not None:
        return UUID(str(known.id))
    id_ = keys.mint(row.city, now)
    made_row = Attachment(
        city=row.city,
        id=id_,
        matter_id=row.id,
        stored=put(w, row.city, row.id, id_, made.content, now),
        mac=mac,
        media=made.media,
        size=made.content.size,
        entry=None,
        party=party,
        public=public,
        added_at=now,
    )
    w.add(made_row)
    held[mac] = made_row
    if made.taken:
        w.memo.setdefault(("taken", row.id), []).append(made.taken)
    return id_


def put(w: Work, city: int, matter: UUID, file: UUID, content: Content, now: datetime) -> str:
    """Seal a content for its place and store it, piece by piece; its name in the store."""
    sealed = vault.seal_file(w, city=city, matter=matter, file=file, data=content, now=now)
    return files.store_pieces(sealed, size=sealed_size(content.size))


def note(w: Work, row: Matter, *, actor: Actor, now: datetime) -> None:
    """The step of what was attached in this act; none when all of it was there already."""
    held: dict[bytes, Attachment] = w.memo.get(("attached", row.id), {})
    if not held:
        return
    data: dict[str, Any] = {"at": now.isoformat(), "files": [saying(one) for one in held.values()]}
    data |= _where_taken(w, row, party=party_of(actor), now=now)
    record.record(w, row, [("attached", data)], actor=actor, now=now)


def _where_taken(w: Work, row: Matter, *, party: int | None, now: datetime) -> dict[str, Any]:
    """When and where the act's pictures were taken, a line each, in the vault; the step names the entry."""
    lines: list[str] = w.memo.get(("taken", row.id), [])
    if not lines:
        return {}
    kept = vault.keep(
        w,
        city=row.city,
        matter=row.id,
        kind="note",
        plain="\n".join(lines),
        purpose=PURPOSE,
        party=party,
        now=now,
    )
    return {"texts": {TAKEN: {"entry": str(kept.id), "hash": kept.hash}}}


def saying(one: Attachment) -> dict[str, Any]:
    """What a step says of a file."""
    return {
        "id": str(one.id),
        "mac": bytes(one.mac).hex(),
        "size": one.size,
        "party": one.party,
        "public": one.public,
    }


def opened(row: Attachment) -> Content:
    """The content of an attachment whose row was read in the actor's sight, opened as it is read."""
    sealed = stored.opened(row.stored)
    return vault.open_file(city=row.city, matter=row.matter_id, file=row.id, sealed=sealed)


def data_of(row: Attachment) -> bytes:
    """The same at once, for what is bound into a document."""
    return b"".join(opened(row).pieces())
