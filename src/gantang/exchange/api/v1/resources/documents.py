"""The documents of a matter: listed, read, corrected by a new version; and what a square code proves."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from gantang.exchange.api.v1 import render_story
from gantang.exchange.api.v1.auth import RESIDENT, STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, declared, produces, reading, writing
from gantang.exchange.api.v1.shapes.documents import Corrected, Documents, Verified
from gantang.exchange.api.v1.sight import sight_first
from gantang.exchange.api.v1.told import CorrectionIn
from gantang.exchange.api.v1.uploads import DocumentId
from gantang.exchange.api.v1.values import Code, DocumentCode, Number
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import DocumentData

router = Router(auth=STAFF, tags=["documents"])
PDF = "application/pdf"
BYTES = produces(PDF, "The document, PDF/A.")
BOUND = produces(PDF, "The case file, PDF.")


@router.get("/matters/{number}/documents", response=Documents, openapi_extra=reading(404))
def list_documents(request: HttpRequest, number: Number) -> Documents:
    """What the matter has issued, each version."""
    found = queries.documents(actor_of(request), queries.key_of(number))
    return Documents(items=render_story.documents(found))


@router.get(
    "/matters/{number}/documents/{document}",
    response={200: None},
    openapi_extra={"responses": {**reading(404)["responses"], **BYTES}},
)
def read_document(request: HttpRequest, number: Number, document: DocumentId) -> HttpResponse:
    """A document; that it was read is on the ledger."""
    actor: Actor = actor_of(request)
    return _sent(queries.document(actor, queries.key_of(number), document, now=clock.now()))


@router.post(
    "/matters/{number}/documents/{document_kind}/corrections",
    response={201: Corrected},
    openapi_extra=writing(404),
)
def correct_document(
    request: HttpRequest,
    number: Number,
    document_kind: Annotated[Code, Path(...)],
    key: Key,
    body: CorrectionIn,
) -> Status[Corrected]:
    """Issue a document again with other answers in it. The version before is superseded and kept."""
    actor = actor_of(request)
    with sight_first(actor, number):
        version = matters.correct(
            actor=actor,
            matter=queries.key_of(number),
            kind=document_kind,
            answers={one.name: one.plain() for one in body.answers},
            reason=body.reason,
            key=key,
            now=clock.now(),
        )
    return Status(201, Corrected(version=version))


@router.get(
    "/matters/{number}/case-file",
    response={200: None},
    openapi_extra={"responses": {**reading(404)["responses"], **BOUND}},
)
def read_case_file(request: HttpRequest, number: Number) -> HttpResponse:
    """The case file as one PDF: cover, index with page numbers, the documents as they were issued, what of
    the attachments is a picture or a PDF."""
    actor: Actor = actor_of(request)
    return _download(queries.case_file(actor, queries.key_of(number), now=clock.now()))


@router.get(
    "/track/documents/{document}",
    response={200: None},
    auth=RESIDENT,
    openapi_extra={"responses": {**declared(401, 404, 422, 429, 503)["responses"], **BYTES}},
)
def read_own_document(request: HttpRequest, document: DocumentId) -> HttpResponse:
    """A document that is for whoever holds the code."""
    actor, matter = request.auth  # type: ignore[attr-defined]
    return _sent(queries.document(actor, matter, document, now=clock.now()))


@router.get("/verify/{proof}", response=Verified, auth=None, openapi_extra=declared(404, 422, 503))
def verify_document(request: HttpRequest, proof: DocumentCode) -> Verified:
    """What the square code on a paper leads to. Nothing of the matter, nothing of a person."""
    return render_story.verified(queries.verify(proof))


def _sent(found: DocumentData) -> HttpResponse:
    return _download(found.data)


def _download(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=PDF)
    response["Content-Disposition"] = "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
