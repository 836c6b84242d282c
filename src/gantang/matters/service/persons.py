"""Opening one field of one person, with a reason that is logged."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Party
from gantang.matters.queries.finding import seen
from gantang.vault import service as vault


def open_person(*, actor: Actor, matter: UUID, person: int, field: str, reason: str, now: datetime) -> str:
    """One field of a reporter or party. Errors: MatterNotFoundError, NotHolderError, UnknownReasonError and
    the vault's."""
    with reading(actor):
        row, duties = seen(actor, matter)
        party = Party.objects.filter(city=row.city, matter_id=row.id, no=person).first()
    if party is None or party.entry is None:
        raise MatterNotFoundError
    return vault.open_field(
        actor=actor,
        city=row.city,
        matter=row.id,
        entry=party.entry,
        field=field,
        reason=reason,
        holds_duty=bool(duties) and actor.post is not None,
        now=now,
    )
