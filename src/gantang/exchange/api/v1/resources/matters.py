"""One matter, named by its number, which is no secret: what it is, its story, its texts."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from gantang.exchange.api.v1 import render, render_story
from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import actor_of, reading
from gantang.exchange.api.v1.shapes.beside import Said, Share, Shares, StepTexts, Text, Texts, Words
from gantang.exchange.api.v1.shapes.matter import Matter
from gantang.exchange.api.v1.shapes.story import Events
from gantang.exchange.api.v1.values import Number
from gantang.exchange.api.v1.versions import IfNoneMatch, etag, known, tagged
from gantang.kit import clock
from gantang.matters import queries

router = Router(auth=STAFF, tags=["matters"])


@router.get("/matters/{number}", response={200: Matter, 304: None}, openapi_extra=reading(404))
def read_matter(
    request: HttpRequest, response: HttpResponse, number: Number, if_none_match: IfNoneMatch = None
) -> Matter | Status[None]:
    """A matter with its deadlines. The ETag is its version, which every change raises."""
    found = queries.get(actor_of(request), number, now=clock.now())
    tagged(response, found.version)
    if known(if_none_match, etag(found.version)):
        return Status(304, None)
    return render.matter(found)


@router.get("/matters/{number}/timeline", response=Events, openapi_extra=reading(404))
def read_timeline(request: HttpRequest, number: Number) -> Events:
    """The steps of a matter in order: codes, never text."""
    return Events(items=render_story.events(queries.timeline(actor_of(request), queries.key_of(number))))


@router.get("/matters/{number}/words", response=Said, openapi_extra=reading(404))
def read_words(request: HttpRequest, number: Number) -> Said:
    """The reporters' own words, for holders of a duty on the matter; the visit is on the ledger."""
    found = queries.words(actor_of(request), queries.key_of(number), now=clock.now())
    return Said(items=[Words(party=one.party, role=one.role, at=one.at, words=one.words) for one in found])


@router.get("/matters/{number}/texts", response=Texts, openapi_extra=reading(404))
def read_texts(request: HttpRequest, number: Number) -> Texts:
    """The texts that came with each step, for holders of a duty on the matter; the visit is on the ledger."""
    found = queries.texts(actor_of(request), queries.key_of(number), now=clock.now())
    return Texts(
        items=[
            StepTexts(seq=seq, texts=[Text(name=name, text=text) for name, text in texts.items()])
            for seq, texts in sorted(found.items())
        ]
    )


@router.get("/matters/{number}/shares", response=Shares, openapi_extra=reading(404))
def list_shares(request: HttpRequest, number: Number) -> Shares:
    """The units that take part in a matter now."""
    found = queries.shares(actor_of(request), queries.key_of(number))
    return Shares(items=[Share(unit=one.unit, role=one.role, since=one.since) for one in found])
