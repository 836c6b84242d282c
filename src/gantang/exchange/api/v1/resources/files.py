"""The files of a matter."""

from typing import Annotated

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Form, Router, Status

from gantang.exchange.api.v1 import render_story
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, reading, writing
from gantang.exchange.api.v1.shapes.beside import Attachments, Made
from gantang.exchange.api.v1.sight import sight_first
from gantang.exchange.api.v1.uploads import BYTES, FileId, ShowsPlace, Upload, download, uploaded
from gantang.exchange.api.v1.values import AskedFlag, Number
from gantang.kit import clock
from gantang.matters import queries
from gantang.matters import service as matters

router = Router(auth=STAFF, tags=["files"])
Public = Annotated[AskedFlag, Form(False, description="Whether the reporter and the parties may see it.")]


@router.get("/matters/{number}/attachments", response=Attachments, openapi_extra=reading(404))
def list_attachments(request: HttpRequest, number: Number) -> Attachments:
    """The files of a matter, without their bytes."""
    return Attachments(
        items=render_story.attachments(queries.attachments(actor_of(request), queries.key_of(number)))
    )


@router.post("/matters/{number}/attachments", response={201: Made}, openapi_extra=writing(404))
def attach(
    request: HttpRequest,
    number: Number,
    key: Key,
    file: Upload,
    public: Public,
    shows_place: ShowsPlace,
) -> Status[Made]:
    """Add a file. What it tells about its maker is stripped, then it is sealed under the matter's key."""
    actor = actor_of(request)
    with sight_first(actor, number):
        made = matters.attach(
            actor=actor,
            matter=queries.key_of(number),
            data=uploaded(request, file, "public", "shows_place"),
            public=public,
            shows_place=shows_place,
            key=key,
            now=clock.now(),
        )
    return Status(201, Made(id=made))


@router.get(
    "/matters/{number}/attachments/{attachment}",
    response={200: None},
    openapi_extra={"responses": {**reading(404)["responses"], **BYTES}},
)
def read_attachment(request: HttpRequest, number: Number, attachment: FileId) -> HttpResponseBase:
    """The bytes of a file, through the same sight as its matter."""
    return download(request, actor_of(request), queries.key_of(number), attachment)
