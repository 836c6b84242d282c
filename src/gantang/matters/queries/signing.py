"""Who signed a matter's agreement: the standing version, and how many had signed one before it."""

from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.models import Document, Matter, Party, Signature
from gantang.matters.queries.finding import seen
from gantang.matters.rules import sessions
from gantang.matters.rules.sight import party_of
from gantang.matters.types import Signed, Signing


def signing(actor: Actor, matter: UUID) -> Signing | None:
    """The agreement and its signatures, for staff; None where none was made. Errors: MatterNotFoundError."""
    with reading(actor):
        row, _duties = seen(actor, matter)
        return None if party_of(actor) is not None else signing_of(row)


def signing_of(row: Matter) -> Signing | None:
    """The same of a row that was read in sight."""
    papers = Document.objects.filter(city=row.city, matter_id=row.id)
    agreement = papers.filter(kind=sessions.AGREEMENT, superseded_at=None).order_by("-version").first()
    if agreement is None:
        return None
    people = Party.objects.filter(city=row.city, matter_id=row.id).values_list("no", "role", "willing")
    found = list(Signature.objects.filter(city=row.city, matter_id=row.id).order_by("signed_at", "id"))
    page = papers.filter(kind=sessions.PAGE, superseded_at=None, made_at__gte=agreement.made_at).first()
    return Signing(
        document=agreement.id,
        version=agreement.version,
        made_at=agreement.made_at,
        signers=sessions.signers(people),
        signed={one.signer: _signed(one) for one in found if one.document == agreement.id},
        before=sum(one.document != agreement.id for one in found),
        page=page.id if page is not None else None,
    )


def _signed(one: Signature) -> Signed:
    return Signed(
        one.signer,
        one.way,
        one.signed_at,
        one.taken_by,
        one.post,
        one.attachment,
        one.witness_post,
        one.witnessed_at,
    )
