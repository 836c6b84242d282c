"""Documents of a matter, in the actor's sight: staff see all, people outside those that are for them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from gantang.files import queries as stored
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Document, Matter, Party
from gantang.matters.queries.finding import seen
from gantang.matters.rules.declared import declared
from gantang.matters.rules.sight import party_of
from gantang.matters.rules.written import number
from gantang.matters.types import DocumentData, DocumentView
from gantang.procedures import queries as procedures
from gantang.vault import service as vault

#: Which documents a person outside reads, by their role.
FOR = {"reporter": frozenset({"reporter", "public"}), "party": frozenset({"party", "public"})}


def documents(actor: Actor, matter: UUID) -> list[DocumentView]:
    """What the matter has issued, newest last. Errors: MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        rows = Document.objects.filter(city=row.city, matter_id=row.id).order_by("made_at", "id")
        return [view_of(row, one) for one in rows if _may_read(actor, row, one)]


def document(actor: Actor, matter: UUID, document: UUID, *, now: datetime) -> DocumentData:
    """A document's bytes; each reading by the staff is on the ledger. Errors: MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        one = Document.objects.filter(city=row.city, matter_id=row.id, id=document).first()
        if one is None or not _may_read(actor, row, one):
            raise MatterNotFoundError
        view = view_of(row, one)
    data = vault.open_document(
        actor=actor, city=row.city, matter=row.id, document=one.id, sealed=stored.read(one.stored), now=now
    )
    return DocumentData(view, data)


def said_of(one: Document) -> dict[str, Any]:
    """What a step says of a document: no word of it; ``sealed`` is the keyed hash of the ciphertext."""
    return {
        "document": str(one.id),
        "kind": one.kind,
        "version": one.version,
        "serial": one.serial,
        "for": one.audience,
        "unit": one.unit,
        "size": one.size,
        "mac": bytes(one.mac).hex(),
        "sealed": one.stored,
    }


def _may_read(actor: Actor, row: Matter, one: Document) -> bool:
    """A person outside reads the standing version of what is for their role."""
    party = party_of(actor)
    if party is None:
        return True
    role = (
        Party.objects.filter(city=row.city, matter_id=row.id, no=party).values_list("role", flat=True).first()
    )
    return one.superseded_at is None and one.audience in FOR.get(role or "", ())


def view_of(row: Matter, one: Document) -> DocumentView:
    """A document as it is shown, without its bytes."""
    title = declared(procedures.by_hash(row.procedure_hash), one.kind).title.of(get_language() or "zh-hans")
    return DocumentView(
        id=one.id,
        kind=one.kind,
        title=title,
        version=one.version,
        number=number(one.made_at, one.serial, one.sign),
        audience=one.audience,
        unit=one.unit,
        size=one.size,
        made_at=one.made_at,
        superseded_at=one.superseded_at,
    )
