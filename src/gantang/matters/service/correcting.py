"""A document corrected: a new version in the place of the one before, never over it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gantang.engine import Procedure
from gantang.engine.run.answers import fits
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, reading, work
from gantang.matters.errors import CorrectionInvalidError, MatterNotFoundError, unfit
from gantang.matters.models import Document
from gantang.matters.queries.finding import seen
from gantang.matters.rules.declared import declared
from gantang.matters.service import answers as given
from gantang.matters.service import documents, record, texts
from gantang.matters.service.taking import Taken, take
from gantang.vault import service as vault


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction as it was asked for."""

    actor: Actor
    matter: UUID
    kind: str
    answers: Mapping[str, Any]
    reason: str
    key: str
    now: datetime


def correct(
    *,
    actor: Actor,
    matter: UUID,
    kind: str,
    answers: Mapping[str, Any],
    reason: str,
    key: str,
    now: datetime,
) -> int:
    """Issue a document again with other answers in it; the number of the new version.

    ``answers`` are of fields that the document uses; those left out stay as they are. The version before
    is superseded and kept. Errors: MatterNotFoundError (also where the document was never issued),
    ForbiddenError, CorrectionInvalidError, those of ``files.service.render``.
    """
    asked = Asked(actor, matter, kind, answers, reason.strip(), key, now)
    with reading(actor):
        row, duties = seen(actor, matter)
        taken = Taken(row, actor, duties, now)
        answered = _checked(taken, asked)
        papers = documents.foreseen(taken, [kind], [], answered)
    return _correct(asked, documents.set_ahead(taken.procedure, papers))


def _correct(asked: Asked, ahead: documents.Ahead) -> int:
    with work(asked.actor, ids=[asked.matter]) as w:
        body = {"correct": str(asked.matter), "kind": asked.kind, "reason": asked.reason}
        claim = once(w, actor=asked.actor, key=asked.key, body=body | {"answers": dict(asked.answers)})
        if claim.again:
            return int(claim.ref["document_version"])
        taken = take(asked.actor, asked.matter, now=asked.now)
        answered = _checked(taken, asked)
        _note(w, taken, asked, answered)
        (version,) = documents.issue(w, taken, [asked.kind], answered, ahead=ahead, corrects=True)
        claim.keep(201, {"city": taken.row.city, "matter": str(asked.matter), "document_version": version})
    return version


def _checked(taken: Taken, asked: Asked) -> dict[str, Any]:
    """The answers as they will be kept. Errors: as ``correct``."""
    taken.need_duty()
    procedure, row = taken.procedure, taken.row
    known = Document.objects.filter(city=row.city, matter_id=row.id, kind=asked.kind).exists()
    if not known or asked.kind not in procedure.templates:
        raise MatterNotFoundError
    told = texts.tidy(procedure, {**asked.answers, "reason": asked.reason})
    answered = given.spelt(procedure, told)
    wrong = list(_wrong(procedure, asked.kind, answered, asked.now.date()))
    if wrong:
        raise unfit(wrong, CorrectionInvalidError)
    return {name: value for name, value in answered.items() if name != "reason"}


def _wrong(
    procedure: Procedure, kind: str, answered: Mapping[str, Any], on: date
) -> Iterator[tuple[str, str]]:
    uses = declared(procedure, kind).uses
    if not answered["reason"]:
        yield "reason", "no_reason"
    for name, value in answered.items():
        if name == "reason":
            continue
        if name not in uses or not fits(procedure.fields[name], value):
            yield f"answers.{name}", "unknown_answer"
        else:
            yield from given.of_field(procedure.fields[name], f"answers.{name}", value, on)


def _note(w: Work, taken: Taken, asked: Asked, answered: Mapping[str, Any]) -> None:
    """The step of the correction: its closed answers, and where the reason and the texts stand."""
    row, fields = taken.row, taken.procedure.fields
    closed = {name: value for name, value in answered.items() if not fields[name].vault}
    kept = {"reason": asked.reason} | {
        name: texts.plain(value) for name, value in answered.items() if fields[name].vault
    }
    data = {
        "at": taken.now.isoformat(),
        "kind": asked.kind,
        "answers": closed,
        "texts": {name: _keep(w, taken, text) for name, text in kept.items()},
    }
    record.record(w, row, [("document_corrected", data)], actor=taken.actor, now=taken.now)


def _keep(w: Work, taken: Taken, text: str) -> dict[str, str]:
    row = taken.row
    stored = vault.keep(
        w,
        city=row.city,
        matter=row.id,
        kind="note",
        plain=text,
        purpose=documents.PURPOSE,
        party=None,
        now=taken.now,
    )
    return {"entry": str(stored.id), "hash": stored.hash}
