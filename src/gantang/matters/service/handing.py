"""Documents that go along when another city takes a matter over: sealed anew under the new matter's key,
and what was printed still leads to them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.files import queries as stored
from gantang.files import service as files
from gantang.kit import keys
from gantang.kit.work import Work
from gantang.matters.models import Document, DocumentCode, Matter
from gantang.matters.queries.documents import said_of
from gantang.vault import service as vault

PURPOSE = "document"
_SAME = ("kind", "version", "serial", "sign", "audience", "unit", "mac", "size", "made_at", "superseded_at")


def carried(w: Work, row: Matter, city: int, matter: UUID, now: datetime) -> list[Document]:
    """The rows of the new matter, its bytes stored; each square code leads to the new place."""
    found = []
    for one in Document.objects.filter(city=row.city, matter_id=row.id).order_by("id"):
        id_ = keys.mint(city, now)
        data = vault.open_bytes(
            city=row.city, matter=row.id, file=one.id, sealed=stored.read(one.stored), purpose=PURPOSE
        )
        sealed = vault.seal_bytes(w, city=city, matter=matter, file=id_, data=data, purpose=PURPOSE, now=now)
        same = {name: getattr(one, name) for name in _SAME}
        found.append(Document(city=city, id=id_, matter_id=matter, stored=files.store(sealed), **same))
        _lead(w, one, city, matter, id_)
    return found


def told(one: Document) -> dict[str, Any]:
    """What the first step of the new matter says of a document that came along."""
    return {**said_of(one), "superseded": one.superseded_at is not None}


def _lead(w: Work, one: Document, city: int, matter: UUID, document: UUID) -> None:
    for code in DocumentCode.objects.filter(matter_city=one.city, matter_id=one.matter_id, document=one.id):
        code.matter_city, code.matter_id, code.document = city, matter, document
        w.change(code, ["matter_city", "matter_id", "document"])
