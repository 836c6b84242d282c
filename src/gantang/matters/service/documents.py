"""Documents: what a move produces is written, sealed and recorded in the move's own transaction.

A document takes a tenth of a second to set, so an act that produces one first gives up what it has locked
(``Unwritten``), has it set ahead on what can be read without a lock, and comes back; what then still
stands as it was read is not set again. The number (文号) is drawn last: until the act ends it keeps
others of the unit waiting.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.engine import Procedure
from gantang.files import service as files
from gantang.files.types import Paper
from gantang.kit import crypto, keys
from gantang.kit.work import Work
from gantang.matters.models import Document, DocumentCode
from gantang.matters.queries.documents import said_of
from gantang.matters.queries.each import any_of
from gantang.matters.rules.declared import OWN, STAFF, declared
from gantang.matters.service import record, series
from gantang.matters.service.paper import Wanted, paper
from gantang.matters.service.taking import Taken
from gantang.vault import service as vault

PURPOSE = "document"


class Unwritten(Exception):  # noqa: N818 - no error: it asks for what is to be prepared without a lock
    """The move produces documents, and none were set ahead."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Papers set before the act, with their bytes."""

    papers: Mapping[str, tuple[Paper, bytes]] = field(default_factory=dict, repr=False)


NONE = Ahead()


def issued(city: int, matter: UUID) -> frozenset[str]:
    """The kinds of documents that a matter has: what ``document.<kind>`` asks for."""
    return issued_of_each([(city, matter)]).get(matter, frozenset())


def issued_of_each(places: Sequence[tuple[int, UUID]]) -> dict[UUID, frozenset[str]]:
    """The same of several matters at (city, id), by one query; those without any are left out."""
    if not places:
        return {}
    found: dict[UUID, set[str]] = {}
    rows = Document.objects.filter(any_of(places)).values_list("matter_id", "kind").distinct()
    for matter, kind in rows:
        found.setdefault(matter, set()).add(kind)
    return {matter: frozenset(kinds) for matter, kinds in found.items()}


def produced(procedure: Procedure, steps: Sequence[engine.Step]) -> list[str]:
    """The kinds that these steps produce and that the pack has a template for."""
    named = [kind for step in steps for kind in step.data.get("produces", ())]
    return [kind for kind in dict.fromkeys(named) if kind in procedure.templates]


def template_of(procedure: Procedure, kind: str) -> str:
    """The template of a kind: the pack's, or the house's own."""
    known = procedure.templates.get(kind)
    return files.own_template(kind) if known is None and kind in OWN else procedure.templates[kind]


def issue(
    w: Work,
    taken: Taken,
    kinds: Sequence[str],
    answers: Mapping[str, Any],
    *,
    ahead: Ahead,
    corrects: bool = False,
) -> list[int]:
    """Write, seal and record documents in the act's unit of work, each the next version of its kind; the
    versions.

    Errors: those of ``files.service.render``.
    """
    wanted = [_next(taken, kind, answers) for kind in kinds]
    for one in wanted:
        _write(w, taken, _issue(w, taken, one, ahead), corrects=corrects)
    return [one.version for one in wanted]


def foreseen(
    taken: Taken, kinds: Sequence[str], items: Sequence[record.Item], answers: Mapping[str, Any]
) -> dict[str, Paper]:
    """The papers as they will be if nothing changes until the act: of the row as the steps (``items``)
    will leave it, under the numbers that come next. Read, not locked."""
    after = copy.copy(taken.row)
    for name, value in record.project(items, record.fields_of(taken.row)).items():
        setattr(after, name, value)
    then = replace(taken, row=after)
    return dict(_foreseen(then, kinds, answers))


def _foreseen(taken: Taken, kinds: Sequence[str], answers: Mapping[str, Any]) -> Iterator[tuple[str, Paper]]:
    drawn = 0
    for kind in kinds:
        wanted, serial = _next(taken, kind, answers), None
        if wanted.unit is not None and series.is_numbered(taken.procedure, kind, wanted.unit):
            drawn += 1
            serial = series.last(wanted.unit, wanted.at) + drawn
            wanted = _signed(wanted, wanted.unit)
        yield kind, paper(taken.row, taken.procedure, replace(wanted, serial=serial))


def set_ahead(procedure: Procedure, papers: Mapping[str, Paper]) -> Ahead:
    """The papers with their bytes. Errors: those of ``files.service.render``."""
    return Ahead(
        {kind: (one, files.render(template_of(procedure, kind), one)) for kind, one in papers.items()}
    )


def _next(taken: Taken, kind: str, answers: Mapping[str, Any]) -> Wanted:
    rows = Document.objects.filter(city=taken.row.city, matter_id=taken.row.id, kind=kind)
    unit = taken.actor.unit if taken.actor.unit is not None else taken.row.unit
    return Wanted(kind, rows.count() + 1, None, unit, taken.now, answers)


def _signed(wanted: Wanted, unit: int) -> Wanted:
    return replace(wanted, sign=series.sign(unit, wanted.at))


def _issue(w: Work, taken: Taken, wanted: Wanted, ahead: Ahead) -> Document:
    row, procedure = taken.row, taken.procedure
    id_ = keys.mint(row.city, taken.now)
    if wanted.unit is not None and series.is_numbered(procedure, wanted.kind, wanted.unit):
        wanted = replace(_signed(wanted, wanted.unit), serial=series.draw(wanted.unit, wanted.at))
    made = paper(row, procedure, wanted)
    known, bytes_ = ahead.papers.get(wanted.kind, (None, b""))
    if known != made:
        bytes_ = files.render(template_of(procedure, wanted.kind), made)
    sealed = vault.seal_bytes(
        w, city=row.city, matter=row.id, file=id_, data=bytes_, purpose=PURPOSE, now=taken.now
    )
    return Document(
        city=row.city,
        id=id_,
        matter_id=row.id,
        kind=wanted.kind,
        version=wanted.version,
        serial=wanted.serial,
        sign=wanted.sign,
        audience=declared(procedure, wanted.kind).audience,
        unit=wanted.unit,
        stored=files.store(sealed),
        mac=mac_of(bytes_),
        size=len(bytes_),
        made_at=taken.now,
        superseded_at=None,
    )


def _write(w: Work, taken: Taken, one: Document, *, corrects: bool) -> None:
    """The row, its code, the end of the version before it, and the steps of both."""
    row, at = taken.row, taken.now.isoformat()
    items: list[record.Item] = [("document_made", {"at": at, **said_of(one)})]
    for old in _replaced(one, corrects=corrects):
        old.superseded_at = taken.now
        w.change(old, ["superseded_at"])
        said = {
            "at": at,
            "document": str(old.id),
            "kind": old.kind,
            "version": old.version,
            "now": one.version,
        }
        items.append(("document_superseded", said))
    w.add(one)
    code = keys.document_hash(keys.document_code(row.id, one.kind, one.version))
    w.add(DocumentCode(city=row.city, hash=code, matter_city=row.city, matter_id=row.id, document=one.id))
    record.record(w, row, items, actor=taken.actor, now=taken.now)


def _replaced(one: Document, *, corrects: bool) -> list[Document]:
    """The versions that do not stand beside the new one.

    What is kept for the staff (the record of a session) is a further one each time it is made; only a
    correction takes the place of the last.
    """
    rows = Document.objects.filter(city=one.city, matter_id=one.matter_id, kind=one.kind, superseded_at=None)
    standing = list(rows.order_by("version"))
    if one.audience != STAFF:
        return standing
    return standing[-1:] if corrects else []


def mac_of(data: bytes) -> bytes:
    """What is kept of the bytes as printed: enough to say of a file whether it is that document."""
    return crypto.mac("document", data)
