"""What stands beside a matter: linked matters, and the talk with its people."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from gantang.exchange.api.v1 import render, render_story
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, reading, writing
from gantang.exchange.api.v1.shapes.beside import Link, Links, Made, Messages
from gantang.exchange.api.v1.shapes.matter import Acted
from gantang.exchange.api.v1.sight import sight_first
from gantang.exchange.api.v1.told import LinkIn, LinkKind, SayIn
from gantang.exchange.api.v1.values import Number
from gantang.exchange.api.v1.versions import tagged
from gantang.kit import clock, numbers
from gantang.matters import queries
from gantang.matters import service as matters

router = Router(auth=STAFF, tags=["beside"])


@router.get("/matters/{number}/links", response=Links, openapi_extra=reading(404))
def list_links(request: HttpRequest, number: Number) -> Links:
    """The linked matters; one out of sight shows its number alone."""
    found = queries.links(actor_of(request), queries.key_of(number))
    return Links(items=[Link(kind=one.kind, number=numbers.show(one.number), gist=one.gist) for one in found])


@router.post("/matters/{number}/links", response={201: Acted}, openapi_extra=writing(404))
def link(request: HttpRequest, response: HttpResponse, number: Number, key: Key, body: LinkIn) -> Acted:
    """Tie another matter in sight to this one."""
    actor = actor_of(request)
    with sight_first(actor, number, body.number):
        acted = matters.link(
            actor=actor,
            matter=queries.key_of(number),
            other=queries.key_of(body.number),
            kind=body.kind,
            key=key,
            now=clock.now(),
        )
    tagged(response, acted.version)
    return render.acted(acted)


@router.delete("/matters/{number}/links/{kind}/{other}", response=Acted, openapi_extra=writing(404))
def unlink(
    request: HttpRequest, response: HttpResponse, number: Number, kind: LinkKind, other: Number, key: Key
) -> Acted:
    """Untie two matters."""
    actor = actor_of(request)
    with sight_first(actor, number, other):
        acted = matters.unlink(
            actor=actor,
            matter=queries.key_of(number),
            other=queries.key_of(other),
            kind=kind,
            key=key,
            now=clock.now(),
        )
    tagged(response, acted.version)
    return render.acted(acted)


@router.get("/matters/{number}/messages", response=Messages, openapi_extra=reading(404))
def list_messages(request: HttpRequest, number: Number) -> Messages:
    """The talk with the reporter and the parties, for holders of a duty; the visit is on the ledger."""
    found = queries.messages(actor_of(request), queries.key_of(number), now=clock.now())
    return Messages(items=render_story.messages(found))


@router.post("/matters/{number}/messages", response={201: Made}, openapi_extra=writing(404))
def send(request: HttpRequest, number: Number, key: Key, body: SayIn) -> Status[Made]:
    """Send a message to the reporter, or to one of the parties."""
    actor = actor_of(request)
    with sight_first(actor, number):
        made = matters.send(
            actor=actor,
            matter=queries.key_of(number),
            words=body.words,
            key=key,
            now=clock.now(),
            party=body.party,
        )
    return Status(201, Made(id=made))
