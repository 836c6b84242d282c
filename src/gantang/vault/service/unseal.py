"""Opening: texts by a visit, a person's fields one at a time, one's own by an access code."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading, work
from gantang.vault import keyring, rules
from gantang.vault.errors import (
    ErasedError,
    NoEntryError,
    NotHolderError,
    UnknownFieldError,
    UnknownKindError,
)
from gantang.vault.models import Entry
from gantang.vault.service.keep import content_of
from gantang.vault.service.log import check_reason, looked, visited
from gantang.vault.types import Opened


def open_texts(
    *,
    actor: Actor,
    city: int,
    matter: UUID,
    ids: Iterable[UUID] | None = None,
    holds_duty: bool,
    now: datetime,
) -> list[Opened]:
    """The words, messages, answers and notes of a matter (or those of ``ids``), in order; erased ones are
    left out.

    The caller has read the matter in the actor's sight and says whether the actor holds a duty on it. The
    first look of an account on a local day is a step on its stream. Errors: NotHolderError.
    """
    if not holds_duty:
        raise NotHolderError
    with work(actor, ids=[matter]) as w:
        opened = _texts(city, matter, ids, rules.TEXT_KINDS)
        if opened:
            visited(w, actor=actor, city=city, matter=matter, now=now)
    return opened


def open_field(
    *,
    actor: Actor,
    city: int,
    matter: UUID,
    entry: UUID,
    field: str,
    reason: str,
    holds_duty: bool,
    now: datetime,
) -> str:
    """One field of one person (or the place), with a reason; each opening is a step on the account's stream.

    Errors: NotHolderError, UnknownReasonError, UnknownFieldError, NoEntryError, ErasedError.
    """
    check_reason(reason)
    if not holds_duty:
        raise NotHolderError
    with work(actor, ids=[matter]) as w:
        row = _entry(city, matter, entry)
        value = _field(row, content_of(row, keyring.existing(city=city, matter=matter)), field)
        data = {"city": city, "matter": str(matter), "entry": str(entry), "field": field, "reason": reason}
        looked(w, actor=actor, name="vault.opened", data=data, now=now)
    return value


def open_own(*, actor: Actor, city: int, matter: UUID, ids: Iterable[UUID]) -> list[Opened]:
    """Texts a reporter or party may read by an access code: the caller names their own and what was sent
    to them.

    Not logged: nobody else looked. Errors: ForbiddenError for staff, and where no code opened the matter.
    """
    if actor.account is not None or matter not in actor.named:
        raise ForbiddenError
    with reading(actor, ids=[matter]):
        return _texts(city, matter, ids, rules.TEXT_KINDS)


def open_for_system(*, city: int, matter: UUID, entry: UUID) -> Any:
    """The whole content of one entry, for a machine that needs it to act: the outbox's renderer, a document.

    Nothing is logged: the act that wrote the row is on the ledger. Never for something a person is shown.
    """
    with reading(SYSTEM, ids=[matter]):
        return content_of(_entry(city, matter, entry), keyring.existing(city=city, matter=matter))


def _texts(city: int, matter: UUID, ids: Iterable[UUID] | None, kinds: frozenset[str]) -> list[Opened]:
    rows = Entry.objects.filter(city=city, matter_id=matter, kind__in=kinds, erased_at=None).order_by("id")
    found = list(rows if ids is None else rows.filter(id__in=list(ids)))
    if not found:
        return []
    key = keyring.existing(city=city, matter=matter)
    return [Opened(row.id, row.kind, row.party, row.kept_at, content_of(row, key)) for row in found]


def _entry(city: int, matter: UUID, entry: UUID) -> Entry:
    row = Entry.objects.filter(city=city, matter_id=matter, id=entry).first()
    if row is None:
        raise NoEntryError
    if row.erased_at:
        raise ErasedError
    return row


def _field(row: Entry, content: Any, field: str) -> str:
    if row.kind not in rules.FIELD_KINDS:
        raise UnknownKindError(details={"kind": row.kind})
    if isinstance(content, str):
        content = {row.kind: content}
    if field not in content:
        raise UnknownFieldError
    return str(content[field])
