"""What a person may ask: what is held about me, why and until when; and put right what is wrong
(个人信息保护法 §44–46). Answered from the register, found by the blind index; every look and every change is
on record."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import reading, work
from gantang.matters.errors import (
    AnswerInvalidError,
    LegalHoldError,
    MatterNotFoundError,
    NotPrivacyError,
    unfit,
)
from gantang.matters.models import Attachment, Matter, Party
from gantang.matters.queries.finding import seen
from gantang.matters.queries.retention import kept_until
from gantang.matters.queries.subject import PRIVACY, answers_people
from gantang.matters.rules.report import storable
from gantang.matters.service import attachments, record
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import take
from gantang.matters.types import Acted, Contact, Held
from gantang.vault import queries as kept
from gantang.vault import service as vault
from gantang.vault.types import EntryView

Content = tuple[tuple[str, str], ...]

#: The reason under which a person's own asking is written down.
OWN = "own_request"
#: Why something is put right (§46): it is wrong, something is lacking, or it has changed since.
BECAUSE = ("inaccurate", "incomplete", "changed")
CONTACT = frozenset(Contact.__slots__)
#: What a file is called in the register.
FILE = "file"
_LONGEST = 200


def held_about(*, actor: Actor, field: str, value: str, copy: bool = False, now: datetime) -> list[Held]:
    """What is held about whoever has this phone, ID number or name, where the actor's duty reaches.

    The files that the person sent are named among it, by type, size and id. The asking is a step on the
    actor's stream, whatever is found. With ``copy`` the contents come with it, for the person to be given;
    each opening is a step as any other. Errors: NotPrivacyError, the vault's.
    """
    _need_privacy(answers_people(actor))
    found = vault.find(actor=actor, field=field, value=value, reason=OWN, now=now)
    return [held for one in found for held in _held(actor, one.matter, one.entry, copy, now)]


def correct_person(
    *,
    actor: Actor,
    matter: UUID,
    person: int,
    field: str,
    value: str,
    because: str = BECAUSE[0],
    key: str,
    now: datetime,
) -> Acted:
    """Put one field of a person right, at its own request; the step says which field and why (``BECAUSE``),
    never what. An empty value takes the field away, where no legal hold keeps it. Errors:
    MatterNotFoundError, NotPrivacyError, AnswerInvalidError, LegalHoldError, the vault's.
    """
    text = value.strip()
    _check(field, text, because)
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"mend": str(matter), "no": person, field: text})
        if claim.again:
            return acted_again(claim.ref)
        taken = take(actor, matter, now=now)
        _need_privacy(PRIVACY in taken.duties)
        row = taken.row
        if not text and row.legal_hold_until is not None:
            raise LegalHoldError
        party = Party.objects.filter(city=row.city, matter_id=row.id, no=person).first()
        if party is None or party.entry is None or actor.post is None:
            raise MatterNotFoundError
        plain = {**vault.open_for_system(city=row.city, matter=row.id, entry=party.entry), field: text}
        known = {name: one for name, one in plain.items() if one}
        stored = vault.amend(w, city=row.city, matter=row.id, entry=party.entry, plain=known, now=now)
        said = {"at": now.isoformat(), "no": person, "field": field, "because": OWN, "why": because}
        said |= {"entry": str(stored.id), "hash": stored.hash}
        record.record(w, row, [("person_corrected", said)], actor=actor, now=now)
        acted = acted_of(row)
        claim.keep(200, ref_of(acted))
    return acted


def _need_privacy(held: bool) -> None:
    if not held:
        raise NotPrivacyError


def _check(field: str, text: str, because: str) -> None:
    """Errors: AnswerInvalidError."""
    if because not in BECAUSE:
        raise unfit([("because", "unknown_value")], AnswerInvalidError)
    if field not in CONTACT or len(text) > _LONGEST or not storable(text):
        raise unfit(
            [("value", "unfit_characters" if field in CONTACT else "unknown_value")], AnswerInvalidError
        )


def _held(actor: Actor, matter: UUID, entry: UUID, copy: bool, now: datetime) -> list[Held]:
    """The person's own entries in one matter; nothing where the actor's duty does not reach it."""
    try:
        with reading(actor, ids=[matter]):
            row, duties = seen(actor, matter)
    except MatterNotFoundError:
        return []
    if PRIVACY not in duties:
        return []
    entries = kept.entries(actor, city=row.city, matter=matter)
    party = next((one.party for one in entries if one.id == entry), None)
    own = [one for one in entries if one.party == party and one.erased_at is None]
    told = [_told(row, one, _content(actor, row, one, now) if copy else (), now) for one in own]
    return told + _files(actor, row, party, now)


def _files(actor: Actor, row: Matter, party: int | None, now: datetime) -> list[Held]:
    """The files that came from the person: which they are, not what they show."""
    if party is None:
        return []
    with reading(actor, ids=[row.id]):
        found = list(Attachment.objects.filter(city=row.city, matter_id=row.id, party=party).order_by("id"))
    return [
        Held(
            row.number,
            row.id,
            party,
            FILE,
            kept.purpose(attachments.PURPOSE),
            _basis(FILE),
            one.added_at,
            kept_until(row, now),
            ((FILE, f"{one.media}, {one.size} bytes, {one.id}"),),
        )
        for one in found
    ]


def _told(row: Matter, one: EntryView, content: Content, now: datetime) -> Held:
    place = "person.name" if one.kind == "person" else one.kind
    return Held(
        row.number,
        row.id,
        one.party or 0,
        one.kind,
        kept.purpose(one.purpose),
        _basis(place),
        one.kept_at,
        kept_until(row, now),
        content,
    )


def _basis(place: str) -> tuple[str, str]:
    return next(each.basis for each in kept.registered() if (each.place, each.name) == ("vault", place))


def _content(actor: Actor, row: Matter, one: EntryView, now: datetime) -> Content:
    """What an entry says. A text opens by a visit, a person's fields one by one."""
    at: dict[str, Any] = {"actor": actor, "city": row.city, "matter": row.id, "holds_duty": True, "now": now}
    if one.kind not in ("person", "place"):
        return tuple((one.kind, text.text) for text in vault.open_texts(**at, ids=[one.id]))
    (card,) = [
        each for each in kept.cards(actor, city=row.city, matter=row.id, holds_duty=True) if each.id == one.id
    ]
    return tuple((name, vault.open_field(**at, entry=one.id, field=name, reason=OWN)) for name in card.shown)
