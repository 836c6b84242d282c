"""Residents: report without an account, then follow and answer by access code. The code never stands in an
address."""

import hashlib
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Body, Header, Router, Status

from gantang.exchange.api.v1 import render, render_story, throttle
from gantang.exchange.api.v1.auth import RESIDENT
from gantang.exchange.api.v1.declared import Key, declared, telling
from gantang.exchange.api.v1.moves import ReporterMove
from gantang.exchange.api.v1.shapes.beside import Made
from gantang.exchange.api.v1.shapes.matter import Acted, Receipt
from gantang.exchange.api.v1.shapes.story import Tracked
from gantang.exchange.api.v1.told import OwnWillingIn, ResidentReport, SayBack
from gantang.exchange.api.v1.uploads import BYTES, FileId, ShowsPlace, Upload, download, uploaded
from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters import service as matters

router = Router(tags=["residents"])
CHANNEL = "portal"
ClientToken = Annotated[
    str,
    Header(
        ...,
        alias="X-Client-Token",
        pattern="^[A-Za-z0-9_-]{22,128}$",
        description="At least 128 random bits, made by the client once a device; its keys are its own.",
    ),
]


@router.post(
    "/reports", response={201: Receipt}, auth=None, openapi_extra=declared(400, 409, 413, 415, 422, 429, 503)
)
def report(request: HttpRequest, key: Key, client: ClientToken, body: ResidentReport) -> Status[Receipt]:
    """Report something without an account. The receipt's access code is shown this once, and again for the
    same key."""
    throttle.report(request)
    actor = Actor(client=f"form:{hashlib.sha256(client.encode()).hexdigest()}")
    got = matters.intake(actor=actor, report=body.report(channel=CHANNEL), key=key, now=clock.now())
    return Status(201, render.receipt(got))


@router.get("/track", response=Tracked, auth=RESIDENT, openapi_extra=declared(401, 422, 429, 503))
def track(request: HttpRequest, response: HttpResponse) -> Tracked:
    """The public steps, the deadlines, one's own words and messages, and what one may do now."""
    response["Cache-Control"] = "private, no-store"
    return render_story.tracked(queries.track(request.headers["X-Access-Code"], now=clock.now()))


@router.post("/track/moves", response=Acted, auth=RESIDENT, openapi_extra=telling())
def reporter_move(request: HttpRequest, key: Key, body: Annotated[ReporterMove, Body(...)]) -> Acted:
    """Confirm, object, supplement, withdraw, ask to reopen: what the procedure lets people do."""
    actor, matter = request.auth  # type: ignore[attr-defined]
    acted = matters.act(
        actor=actor, matter=matter, move=body.move, answers=body.answers, key=key, now=clock.now()
    )
    return render.acted(acted)


@router.post("/track/willing", response={204: None}, auth=RESIDENT, openapi_extra=telling(403))
def say_own_willing(request: HttpRequest, key: Key, body: OwnWillingIn) -> Status[None]:
    """Take part in the mediation of one's own will, or refuse; refusing is possible at any time."""
    actor, matter = request.auth  # type: ignore[attr-defined]
    matters.say_willing(actor=actor, matter=matter, willing=body.willing, key=key, now=clock.now())
    return Status(204, None)


@router.post("/track/messages", response={201: Made}, auth=RESIDENT, openapi_extra=telling(403))
def say(request: HttpRequest, key: Key, body: SayBack) -> Status[Made]:
    """A sentence to the unit that handles it."""
    actor, matter = request.auth  # type: ignore[attr-defined]
    made = matters.send(actor=actor, matter=matter, words=body.words, key=key, now=clock.now())
    return Status(201, Made(id=made))


@router.post("/track/attachments", response={201: Made}, auth=RESIDENT, openapi_extra=telling(403))
def add_file(request: HttpRequest, key: Key, file: Upload, shows_place: ShowsPlace) -> Status[Made]:
    """Add a file; the staff and oneself see it."""
    actor, matter = request.auth  # type: ignore[attr-defined]
    made = matters.attach(
        actor=actor,
        matter=matter,
        data=uploaded(request, file, "shows_place"),
        public=False,
        shows_place=shows_place,
        key=key,
        now=clock.now(),
    )
    return Status(201, Made(id=made))


@router.get(
    "/track/attachments/{attachment}",
    response={200: None},
    auth=RESIDENT,
    openapi_extra={"responses": {**declared(401, 404, 422, 429, 503)["responses"], **BYTES}},
)
def read_file(request: HttpRequest, attachment: FileId) -> HttpResponseBase:
    """The bytes of a public file, or of one's own."""
    actor, matter = request.auth  # type: ignore[attr-defined]
    return download(request, actor, matter, attachment)
