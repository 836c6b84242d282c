"""Doing: the moves of every pack by one operation, and what no pack says."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Body, Router

from gantang.exchange.api.v1 import render
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, reading, writing
from gantang.exchange.api.v1.moves import StaffMove
from gantang.exchange.api.v1.shapes.matter import Acted, Possibles
from gantang.exchange.api.v1.sight import sight_first
from gantang.exchange.api.v1.told import CauseIn, Classing, GistIn, GroundIn
from gantang.exchange.api.v1.values import Number
from gantang.exchange.api.v1.versions import IfMatch, matched, tagged, wanted
from gantang.kit import clock
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Acted as Done

router = Router(auth=STAFF, tags=["moves"])


@router.get("/matters/{number}/moves", response=Possibles, openapi_extra=reading(404))
def list_moves(request: HttpRequest, response: HttpResponse, number: Number) -> Possibles:
    """Every move of the matter's procedure, with what it asks and all reasons for and against."""
    found = queries.possible_moves(actor_of(request), queries.key_of(number), now=clock.now())
    tagged(response, found.version)
    return Possibles(version=found.version, items=render.possible(found.possible))


@router.post("/matters/{number}/moves", response=Acted, openapi_extra=writing(404, 412))
def make_move(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    key: Key,
    if_match: IfMatch,
    body: Annotated[StaffMove, Body(...)],
) -> Acted:
    """Make a move. The body says which by `move`, with the answers it asks; every procedure in force is in
    it."""
    actor, version = actor_of(request), wanted(if_match)
    matter = queries.key_of(number)
    with sight_first(actor, number), matched():
        done = matters.act(
            actor=actor,
            matter=matter,
            move=body.move,
            answers=body.answers,
            key=key,
            now=clock.now(),
            version=version,
        )
    return _told(response, done)


@router.put("/matters/{number}/class", response=Acted, openapi_extra=writing(404, 412))
def classify(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    key: Key,
    if_match: IfMatch,
    body: Classing,
) -> Acted:
    """Give a matter its class, perhaps its cause."""
    actor, version = actor_of(request), wanted(if_match)
    matter = queries.key_of(number)
    with sight_first(actor, number), matched():
        done = matters.classify(
            actor=actor,
            matter=matter,
            class_code=body.class_code,
            cause_code=body.cause,
            key=key,
            now=clock.now(),
            version=version,
        )
    return _told(response, done)


@router.put("/matters/{number}/cause", response=Acted, openapi_extra=writing(404, 412))
def give_cause(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    key: Key,
    if_match: IfMatch,
    body: CauseIn,
) -> Acted:
    """Say why a matter arose, with its end or afterwards; procedures that are not counted have no cause."""
    actor, version = actor_of(request), wanted(if_match)
    matter = queries.key_of(number)
    with sight_first(actor, number), matched():
        done = matters.give_cause(
            actor=actor, matter=matter, cause=body.cause, key=key, now=clock.now(), version=version
        )
    return _told(response, done)


@router.put("/matters/{number}/ground", response=Acted, openapi_extra=writing(404, 412))
def place(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    key: Key,
    if_match: IfMatch,
    body: GroundIn,
) -> Acted:
    """Mend where a matter lies within its city. To another city it goes by the move `move_away`."""
    actor, version = actor_of(request), wanted(if_match)
    matter = queries.key_of(number)
    with sight_first(actor, number), matched():
        done = matters.place(
            actor=actor, matter=matter, ground=body.ground, key=key, now=clock.now(), version=version
        )
    return _told(response, done)


@router.put("/matters/{number}/gist", response=Acted, openapi_extra=writing(404, 412))
def mend_gist(
    request: HttpRequest,
    response: HttpResponse,
    number: Number,
    key: Key,
    if_match: IfMatch,
    body: GistIn,
) -> Acted:
    """Mend the gist that the machine masked: it is all that lists, search and export show."""
    actor, version = actor_of(request), wanted(if_match)
    matter = queries.key_of(number)
    with sight_first(actor, number), matched():
        done = matters.mend_gist(
            actor=actor, matter=matter, gist=body.gist, key=key, now=clock.now(), version=version
        )
    return _told(response, done)


def _told(response: HttpResponse, done: Done) -> Acted:
    tagged(response, done.version)
    return render.acted(done)
