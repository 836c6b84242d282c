"""Files in and out."""

from typing import Annotated, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import File, Form, Path, UploadedFile

from gantang.exchange.api.v1 import strangers
from gantang.exchange.api.v1.declared import produces
from gantang.exchange.api.v1.values import AskedFlag, Uuid
from gantang.faces import brakes
from gantang.faces.serving import served
from gantang.kit.actor import Actor
from gantang.matters import queries

Upload = Annotated[UploadedFile, File(..., description="A picture, PDF or common office file.")]
ShowsPlace = Annotated[
    AskedFlag,
    Form(
        False,
        description="Whether the picture shows the place of the matter: when and where it was taken then goes"
        " to the vault, for those who handle it. Else it is stripped and gone.",
    ),
]
FileId = Annotated[Uuid, Path(...)]
DocumentId = Annotated[Uuid, Path(...)]
BYTES = produces("*/*", "The bytes, as they were made fit to keep; Content-Type says what they are.")


def uploaded(request: HttpRequest, file: UploadedFile, *beside: str) -> BinaryIO:
    """The one file, to be read; parts that are not named are refused. Errors: RequestInvalidError,
    TooOftenError."""
    auth = request.auth  # type: ignore[attr-defined]
    brakes.sent_file(auth[0] if isinstance(auth, tuple) else auth)
    strangers.refuse("form", request.POST, beside)
    strangers.refuse("form", request.FILES, ("file",))
    return cast("BinaryIO", file)


def download(request: HttpRequest, actor: Actor, matter: UUID, attachment: UUID) -> HttpResponseBase:
    """The bytes of a file, or the range of them that is asked for; never shown in place."""
    file = queries.attachment(actor, matter, attachment)
    return served(request, file.content, media=file.media, name=f"file-{attachment.hex[-6:]}", shown=False)
