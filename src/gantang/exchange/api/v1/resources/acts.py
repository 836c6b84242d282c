"""Doing: the moves of every pack by one operation, and what no pack says."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from gantang.exchange.api.v1 import render
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import (
    IfMatch,
    Key,
    PreconditionError,
    actor_of,
    reading,
    tagged,
    wanted,
    writing,
)
from gantang.exchange.api.v1.moves import StaffMove
from gantang.exchange.api.v1.shapes.matter import Acted, Possibles
from gantang.exchange.api.v1.told import Classing, GistIn, GroundIn
from gantang.exchange.api.v1.values import Number
from gantang.kit import clock
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.errors import StaleError
from gantang.matters.queries.finding import key_of

router = Router(auth=STAFF, tags=["moves"])


@router.get("/matters/{number}/moves", response=Possibles, openapi_extra=reading(404))
def list_moves(request: HttpRequest, response: HttpResponse, number: Number) -> Possibles:
    """Every move of the matter's procedure, with what it asks and all reasons for and against."""
    found = queries.possible_moves(actor_of(request), key_of(number), now=clock.now())
    tagged(response, found.version)
    return Possibles(version=found.version, items=render.possible(found.possible))


@router.post("/matters/{number}/moves", response=Acted, openapi_extra=writing(404, 412))
def make_move(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    key: Key,
    if_match: IfMatch,
    body: Annotated[Any, StaffMove, Body(...)],
) -> Acted:
    """Make a move. The body says which by `move`, with the answers it asks; every procedure in force is in
    it."""
    move, answers = body
    try:
        acted = matters.act(
            actor=actor_of(request),
            matter=key_of(number),
            move=move,
            answers=answers,
            key=key,
            now=clock.now(),
            version=wanted(if_match),
        )
    except StaleError as error:
        raise PreconditionError(details=error.details) from None
    tagged(response, acted.version)
    return render.acted(acted)


@router.put("/matters/{number}/class", response=Acted, openapi_extra=writing(404))
def classify(request: HttpRequest, response: HttpResponse, number: Number, key: Key, body: Classing) -> Acted:
    """Give a matter its class, perhaps its cause."""
    acted = matters.classify(
        actor=actor_of(request),
        matter=key_of(number),
        class_code=body.class_code,
        cause_code=body.cause,
        key=key,
        now=clock.now(),
    )
    tagged(response, acted.version)
    return render.acted(acted)


@router.put("/matters/{number}/ground", response=Acted, openapi_extra=writing(404))
def place(request: HttpRequest, response: HttpResponse, number: Number, key: Key, body: GroundIn) -> Acted:
    """Mend where a matter lies within its city. To another city it goes by the move `move_away`."""
    acted = matters.place(
        actor=actor_of(request), matter=key_of(number), ground=body.ground, key=key, now=clock.now()
    )
    tagged(response, acted.version)
    return render.acted(acted)


@router.put("/matters/{number}/gist", response=Acted, openapi_extra=writing(404))
def mend_gist(request: HttpRequest, response: HttpResponse, number: Number, key: Key, body: GistIn) -> Acted:
    """Mend the gist that the machine masked: it is all that lists, search and export show."""
    acted = matters.mend_gist(
        actor=actor_of(request), matter=key_of(number), gist=body.gist, key=key, now=clock.now()
    )
    tagged(response, acted.version)
    return render.acted(acted)
