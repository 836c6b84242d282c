"""What a person may ask: what is held about me, why and until when; and put right what is wrong
(个人信息保护法 §44–46). Answered from the register, found by the blind index; every look and every change is
on record."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import reading, work
from gantang.matters.errors import AnswerInvalidError, MatterNotFoundError, unfit
from gantang.matters.models import Matter, Party
from gantang.matters.queries.finding import seen
from gantang.matters.queries.retention import kept_until
from gantang.matters.rules.report import storable
from gantang.matters.service import record
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import take
from gantang.matters.types import Acted, Contact, Held
from gantang.vault import queries as kept
from gantang.vault import service as vault

#: The reason under which a person's own asking is written down.
OWN = "own_request"
CONTACT = frozenset(Contact.__slots__)
_LONGEST = 200


def held_about(*, actor: Actor, field: str, value: str, now: datetime) -> list[Held]:
    """What is held about whoever has this phone, ID number or name, in the actor's sight; no content. The
    asking is a step on the actor's stream, whatever is found. Errors: the vault's."""
    found = vault.find(actor=actor, field=field, value=value, reason=OWN, now=now)
    return [held for one in found for held in _held(actor, one.matter, one.entry, now)]


def correct_person(
    *, actor: Actor, matter: UUID, person: int, field: str, value: str, key: str, now: datetime
) -> Acted:
    """Put one field of a person right, at its own request; the step says which field, never what. An empty
    value takes the field away. Errors: MatterNotFoundError, ForbiddenError, AnswerInvalidError, the vault's.
    """
    text = value.strip()
    if field not in CONTACT or len(text) > _LONGEST or not storable(text):
        raise unfit(
            [("value", "unfit_characters" if field in CONTACT else "unknown_value")], AnswerInvalidError
        )
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"mend": str(matter), "no": person, field: text})
        if claim.again:
            return acted_again(claim.ref)
        taken = take(actor, matter, now=now)
        taken.need_duty()
        row = taken.row
        party = Party.objects.filter(city=row.city, matter_id=row.id, no=person).first()
        if party is None or party.entry is None or actor.account is None:
            raise MatterNotFoundError
        plain = {**vault.open_for_system(city=row.city, matter=row.id, entry=party.entry), field: text}
        known = {name: one for name, one in plain.items() if one}
        stored = vault.amend(w, city=row.city, matter=row.id, entry=party.entry, plain=known, now=now)
        said = {"at": now.isoformat(), "no": person, "field": field, "because": OWN}
        said |= {"entry": str(stored.id), "hash": stored.hash}
        record.record(w, row, [("person_corrected", said)], actor=actor, now=now)
        acted = acted_of(row)
        claim.keep(200, ref_of(acted))
    return acted


def _held(actor: Actor, matter: UUID, entry: UUID, now: datetime) -> list[Held]:
    """The person's own entries in one matter; nothing where the actor does not see it."""
    try:
        with reading(actor, ids=[matter]):
            row, _duties = seen(actor, matter)
    except MatterNotFoundError:
        return []
    entries = kept.entries(actor, city=row.city, matter=matter)
    party = next((one.party for one in entries if one.id == entry), None)
    own = [one for one in entries if one.party == party and one.erased_at is None]
    return [_told(row, one.kind, one.purpose, one.kept_at, now) for one in own]


def _told(row: Matter, kind: str, purpose: str, since: datetime, now: datetime) -> Held:
    place = "person.name" if kind == "person" else kind
    basis = next(one.basis for one in kept.registered() if (one.place, one.name) == ("vault", place))
    return Held(row.number, row.id, kind, kept.purpose(purpose), basis, since, kept_until(row, now))
