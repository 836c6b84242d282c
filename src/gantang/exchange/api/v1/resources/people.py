"""The people of a matter: masked; one field opens at a time, with a reason that is kept."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Path, Router, Status

from gantang.exchange.api.v1.auth import STAFF
from gantang.exchange.api.v1.declared import Key, actor_of, reading, writing
from gantang.exchange.api.v1.shapes.beside import (
    HeldAbout,
    HeldContent,
    HeldItem,
    MaskedField,
    Opened,
    People,
    Person,
    PersonNo,
)
from gantang.exchange.api.v1.sight import sight_first
from gantang.exchange.api.v1.told import HeldIn, Opening, PartyIn, PersonCorrectionIn, WillingIn
from gantang.exchange.api.v1.values import AskedNo, Number
from gantang.kit import clock, numbers
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.types import Held, PersonView

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


@router.post("/people/held", response=HeldAbout, openapi_extra=writing())
def list_held(request: HttpRequest, response: HttpResponse, body: HeldIn) -> HeldAbout:
    """What is held about a person who asks (PIPL §45). It changes nothing, so it takes no key; the
    asking and each opening are on the ledger. For posts with the duty of privacy, as far as it reaches."""
    response["Cache-Control"] = "no-store"
    found = matters.held_about(
        actor=actor_of(request), field=body.field, value=body.value, copy=body.copied, now=clock.now()
    )
    return HeldAbout(items=[_held(one) for one in found])


@router.post("/matters/{number}/people/{no}/corrections", response={204: None}, openapi_extra=writing(404))
def correct_person(
    request: HttpRequest, number: Number, no: No, key: Key, body: PersonCorrectionIn
) -> Status[None]:
    """Put one field of a person right at its own request (PIPL §46). The step says which field and why, never
    what. For posts that hold the duty of privacy."""
    actor = actor_of(request)
    with sight_first(actor, number):
        matters.correct_person(
            actor=actor,
            matter=queries.key_of(number),
            person=no,
            field=body.field,
            value=body.value,
            because=body.because,
            key=key,
            now=clock.now(),
        )
    return Status(204, None)


def _held(one: Held) -> HeldItem:
    chinese = (get_language() or "zh").startswith("zh")
    return HeldItem(
        number=numbers.show(one.number),
        person=one.person,
        kind=one.kind,
        purpose=one.purpose[not chinese],
        basis=one.basis[not chinese],
        since=one.since,
        until=one.until,
        content=[HeldContent(name=name, text=text) for name, text in one.content],
    )


def _person(one: PersonView) -> Person:
    fields = [MaskedField(name=name, masked=text) for name, text in one.masked.items()]
    known = {name: getattr(one, name) for name in Person.model_fields if name != "fields"}
    return Person(**known, fields=fields)
