"""The people of a matter: masked; one field opens at a time, with a reason that is kept."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status

from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, reading, writing
from gantang.exchange.api.v1.shapes.beside import MaskedField, Opened, People, Person, PersonNo
from gantang.exchange.api.v1.sight import sight_first
from gantang.exchange.api.v1.told import Opening, PartyIn, WillingIn
from gantang.exchange.api.v1.values import AskedNo, Number
from gantang.kit import clock
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import PersonView

router = Router(auth=STAFF, tags=["people"])
No = Annotated[AskedNo, Path(..., description="0 is the reporter.")]


@router.get("/matters/{number}/people", response=People, openapi_extra=reading(404))
def list_people(request: HttpRequest, number: Number) -> People:
    """The reporter and the parties, masked."""
    found = queries.people(actor_of(request), queries.key_of(number))
    return People(items=[_person(one) for one in found])


@router.post("/matters/{number}/people", response={201: PersonNo}, openapi_extra=writing(404))
def add_party(request: HttpRequest, number: Number, key: Key, body: PartyIn) -> Status[PersonNo]:
    """Enter a party of the matter. Its access code leaves by mail to the party only."""
    actor = actor_of(request)
    with sight_first(actor, number):
        no = matters.add_party(
            actor=actor,
            matter=queries.key_of(number),
            contact=body.contact.contact(),
            side=body.side,
            minor=body.minor,
            key=key,
            now=clock.now(),
        )
    return Status(201, PersonNo(no=no))


@router.post("/matters/{number}/people/{no}/willing", response={204: None}, openapi_extra=writing(404))
def say_willing(request: HttpRequest, number: Number, no: No, key: Key, body: WillingIn) -> Status[None]:
    """Write down that a person takes part of its own will, or refuses; what it said before is replaced."""
    actor = actor_of(request)
    with sight_first(actor, number):
        matters.say_willing(
            actor=actor,
            matter=queries.key_of(number),
            person=no,
            willing=body.willing,
            evidence=body.evidence,
            attachment=body.attachment,
            key=key,
            now=clock.now(),
        )
    return Status(204, None)


@router.post("/matters/{number}/people/{no}/openings", response=Opened, openapi_extra=writing(404))
def open_field(request: HttpRequest, response: HttpResponse, number: Number, no: No, body: Opening) -> Opened:
    """Read one field of one person. It changes nothing, so it takes no key; each reading is on the ledger."""
    response["Cache-Control"] = "no-store"
    value = matters.open_person(
        actor=actor_of(request),
        matter=queries.in_sight(actor_of(request), number),
        person=no,
        field=body.field,
        reason=body.reason,
        now=clock.now(),
    )
    return Opened(field=body.field, value=value)


@router.post("/matters/{number}/people/{no}/code", response={204: None}, openapi_extra=writing(404))
def reissue_code(request: HttpRequest, number: Number, no: No, key: Key) -> Status[None]:
    """Replace a person's access code. The new one leaves by mail to the person only; nobody else ever sees
    it."""
    actor = actor_of(request)
    with sight_first(actor, number):
        matters.reissue_code(actor=actor, matter=queries.key_of(number), person=no, key=key, now=clock.now())
    return Status(204, None)


def _person(one: PersonView) -> Person:
    fields = [MaskedField(name=name, masked=text) for name, text in one.masked.items()]
    known = {name: getattr(one, name) for name in Person.model_fields if name != "fields"}
    return Person(**known, fields=fields)
