"""A matter, or one file of it, that was found to hold a state or work secret: one person asks, another who
leads or supervises confirms, and it is gone: from vault, files, gist and search, from what waits to leave,
and, with its data key, from what backups hold of it. A tombstone says who, when and that it was a secret."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from gantang.files import queries as stored
from gantang.files import service as files
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.ledger import queries as ledger
from gantang.ledger.types import StepView
from gantang.matters.errors import MatterNotFoundError, NoRemovalError, SamePersonError
from gantang.matters.models import Attachment, Document, Matter
from gantang.matters.service import attachments, forgetting, record
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Acted
from gantang.outbox import service as outbox
from gantang.vault import service as vault

SECRET = "secret"  # noqa: S105  why, not what
#: How long somebody who was asked has to confirm.
WAITS = timedelta(days=7)
CONFIRMS = frozenset({"leader", "supervisor"})
_ENDS = frozenset({"erased", "file_removed"})


def ask_removal(*, actor: Actor, matter: UUID, file: UUID | None, key: str, now: datetime) -> Acted:
    """Say that a matter (or one file of it) holds a secret and is to go. Errors: MatterNotFoundError, also
    for a file that is not there; ForbiddenError."""
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"remove": str(matter), "file": str(file)})
        if claim.again:
            return acted_again(claim.ref)
        taken = take(actor, matter, now=now)
        _check_staff(taken)
        if file is not None:
            _file(taken.row, file)
        data = {"at": now.isoformat(), "file": str(file) if file else None}
        record.record(w, taken.row, [("removal_asked", data)], actor=actor, now=now)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted


def confirm_removal(*, actor: Actor, matter: UUID, key: str, now: datetime) -> Acted:
    """Remove what somebody else asked to remove. Errors: NoRemovalError, SamePersonError,
    MatterNotFoundError."""
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"remove_now": str(matter)})
        if claim.again:
            return acted_again(claim.ref)
        taken = take(actor, matter, now=now)
        asked = waiting(ledger.steps(taken.row.city, matter), now)
        if asked is None:
            raise NoRemovalError
        if asked.account == actor.account or not taken.duties & CONFIRMS:
            raise SamePersonError
        remove(w, taken.row, asked.data["file"], actor=actor, now=now)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted


def waiting(steps: Iterable[StepView], now: datetime) -> StepView | None:
    """The removal in a matter's story that waits for somebody's word, if any."""
    asked = None
    for step in steps:
        if step.name == "removal_asked":
            asked = step
        elif step.name in _ENDS:
            asked = None
    return asked if asked is not None and now - asked.happened_at <= WAITS else None


def remove(w: Work, row: Matter, file: str | None, *, actor: Actor, now: datetime) -> None:
    """Remove all of a locked matter, or one file; what waits to leave about it does not leave."""
    outbox.withdraw(w, stream=row.id, now=now)
    if file is None:
        forgetting.forget(w, row, actor=actor, because=SECRET, now=now)
    else:
        remove_file(w, row, UUID(file), actor=actor, now=now)


def remove_file(w: Work, row: Matter, file: UUID, *, actor: Actor, now: datetime) -> None:
    """One file of a locked matter; everything else is sealed under a new key, so that no copy of the file's
    bytes opens again."""
    gone = _file(row, file)
    papers = list(Document.objects.filter(city=row.city, matter_id=row.id))
    rest = list(Attachment.objects.filter(city=row.city, matter_id=row.id).exclude(id=file))
    old = [gone.stored, *(one.stored for one in papers), *(one.stored for one in rest)]
    read = {one.id: _bytes(one) for one in papers}
    opened = {one.id: attachments.opened(one) for one in rest}  # under the old key, read as it is sealed anew
    kept = vault.key_anew(w, city=row.city, matter=row.id, now=now)
    for paper in papers:
        _stored(w, paper, files.store(_sealed(w, paper, read[paper.id], now)))
    for one in rest:
        _stored(w, one, attachments.put(w, row.city, row.id, one.id, opened[one.id], now))
    w.remove(gone)
    transaction.on_commit(lambda: files.remove(old))
    vault.remember_file(w, city=row.city, matter=row.id, file=file, because=SECRET, now=now)
    said = {
        "at": now.isoformat(),
        "because": SECRET,
        "files": [str(file)],
        "sealed_anew": [{"entry": str(one.id), "hash": one.hash} for one in kept],
    }
    record.record(w, row, [("file_removed", said)], actor=actor, now=now)


def _bytes(one: Document) -> bytes:
    sealed = stored.read(one.stored)
    return vault.open_bytes(
        city=one.city, matter=one.matter_id, file=one.id, sealed=sealed, purpose="document"
    )


def _sealed(w: Work, one: Document, data: bytes, now: datetime) -> bytes:
    return vault.seal_bytes(
        w, city=one.city, matter=one.matter_id, file=one.id, data=data, purpose="document", now=now
    )


def _stored(w: Work, one: Attachment | Document, name: str) -> None:
    one.stored = name
    w.change(one, ["stored"])


def _file(row: Matter, file: UUID) -> Attachment:
    found = Attachment.objects.filter(city=row.city, matter_id=row.id, id=file).first()
    if found is None:
        raise MatterNotFoundError
    return found


def _check_staff(taken: Taken) -> None:
    """Staff with a duty on it; whoever reported it withdraws by a move instead."""
    if taken.actor.account is None:
        raise MatterNotFoundError
    taken.need_duty()
