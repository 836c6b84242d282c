"""Files in and out."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Path, UploadedFile

from gantang.exchange.api.v1 import strangers
from gantang.exchange.api.v1.declared import produces
from gantang.exchange.api.v1.values import Uuid
from gantang.faces import brakes
from gantang.kit.actor import Actor
from gantang.matters import queries

Upload = Annotated[UploadedFile, File(..., description="A picture, PDF or common office file.")]
FileId = Annotated[Uuid, Path(...)]
DocumentId = Annotated[Uuid, Path(...)]
BYTES = produces("*/*", "The bytes, as they were made fit to keep; Content-Type says what they are.")


def uploaded(request: HttpRequest, file: UploadedFile, *beside: str) -> bytes:
    """The bytes of the one file; parts that are not named are refused. Errors: RequestInvalidError,
    TooOftenError."""
    auth = request.auth  # type: ignore[attr-defined]
    brakes.sent_file(auth[0] if isinstance(auth, tuple) else auth)
    strangers.refuse("form", request.POST, beside)
    strangers.refuse("form", request.FILES, ("file",))
    return bytes(file.read())


def download(actor: Actor, matter: UUID, attachment: UUID) -> HttpResponse:
    """The bytes of a file, never shown in place: nothing uploaded runs on our address."""
    file = queries.attachment(actor, matter, attachment)
    response = HttpResponse(file.data, content_type=file.media)
    response["Content-Disposition"] = "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
