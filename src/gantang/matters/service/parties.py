"""The parties of a matter: entered by the staff, and what each says of taking part. Each is a step."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters import notices
from gantang.matters.errors import AnswerInvalidError, MatterNotFoundError, unfit
from gantang.matters.models import Attachment, Party
from gantang.matters.rules import parties, report
from gantang.matters.rules.sight import party_of
from gantang.matters.service import people, record
from gantang.matters.service.people import Entering
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import SIDES, Contact


def add_party(
    *,
    actor: Actor,
    matter: UUID,
    contact: Contact,
    side: int = 2,
    minor: bool = False,
    key: str,
    now: datetime,
) -> int:
    """Enter a party; its number in the matter. ``side`` 1 is the reporter's. A minor gets a key of its own in
    the vault. Its code leaves by mail alone.

    Errors: MatterNotFoundError, ForbiddenError (no such duty, or the matter is over), AnswerInvalidError.
    """
    _check_party(contact, side)
    with work(actor, ids=[matter]) as w:
        body = {"party": str(matter), "contact": contact.known(), "side": side, "minor": minor}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return int(claim.ref["party"])
        taken = _taken(actor, matter, now)
        no = _enter(w, taken, contact, side, minor)
        claim.keep(201, {"city": taken.row.city, "matter": str(matter), "party": no})
    return no


def say_willing(
    *,
    actor: Actor,
    matter: UUID,
    willing: bool,
    person: int | None = None,
    evidence: str = "",
    attachment: UUID | None = None,
    key: str,
    now: datetime,
) -> None:
    """Say that a person takes part of its own will, or refuses: it says so itself by its code, or the staff
    write down what it said, with ``evidence`` (``types.EVIDENCE``; a signed paper as attachment).

    What was said before is replaced. Errors: MatterNotFoundError, ForbiddenError, AnswerInvalidError.
    """
    own = party_of(actor)
    if own is None:
        _check_evidence(evidence, attachment)
    with work(actor, ids=[matter]) as w:
        file = str(attachment) if attachment else None
        body = {"willing": str(matter), "person": person, "says": willing, "how": evidence, "file": file}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return
        taken = _taken(actor, matter, now)
        said = {"willing": willing, "evidence": evidence if own is None else parties.CODE, "file": file}
        _say(w, taken, person if own is None else own, said)
        claim.keep(204, {"city": taken.row.city, "matter": str(matter)})


def _check_party(contact: Contact, side: int) -> None:
    wrong = [] if side in SIDES else [("side", "unknown_side")]
    wrong += report.contact_faults("contact", contact)
    if not contact.known():
        wrong.append(("contact.name", "no_name"))
    if wrong:
        raise unfit(wrong, AnswerInvalidError)


def _check_evidence(evidence: str, attachment: UUID | None) -> None:
    wrong = list(parties.faults(evidence, has_file=attachment is not None))
    if wrong:
        raise unfit(wrong, AnswerInvalidError)


def _taken(actor: Actor, matter: UUID, now: datetime) -> Taken:
    """The matter, for a person by its code or for staff who enter parties, while it is open."""
    taken = take(actor, matter, now=now)
    if taken.case.is_closed:
        raise ForbiddenError
    if party_of(actor) is None and not parties.may_enter(taken.duties):
        raise ForbiddenError
    return taken


def _enter(w: Work, taken: Taken, contact: Contact, side: int, minor: bool) -> int:
    row, now = taken.row, taken.now
    if party_of(taken.actor) is not None:
        raise ForbiddenError
    known = Party.objects.filter(city=row.city, matter_id=row.id)
    if known.filter(role="party").count() >= report.MOST_PARTIES:
        raise unfit([("parties", "too_many_parties")], AnswerInvalidError)
    no = 1 + max(known.values_list("no", flat=True), default=people.REPORTER)
    who = Entering(no, "party", contact, by_hand=False, side=side, minor=minor)
    entered = people.enter(w, row.city, row.id, who, now, is_new=False)
    people.add(w, entered)
    _record(w, taken, "party_added", {"people": [entered.data]})
    notices.receipt(w, row, entered.row, now=now)
    return no


def _say(w: Work, taken: Taken, person: int | None, said: dict[str, Any]) -> None:
    row = taken.row
    known = Party.objects.filter(city=row.city, matter_id=row.id)
    party = known.filter(no=person).first() if person is not None else None
    if party is None:
        raise MatterNotFoundError
    file = said["file"]
    if file and not Attachment.objects.filter(city=row.city, matter_id=row.id, id=UUID(file)).exists():
        raise unfit([("attachment", "unknown_file")], AnswerInvalidError)
    party.willing = said["willing"]
    w.change(party, ["willing"])
    _record(w, taken, "willing", {"person": party.no, **said})


def _record(w: Work, taken: Taken, name: str, data: dict[str, Any]) -> None:
    by = {"unit": taken.actor.unit, "post": taken.actor.post}
    said = {"at": taken.now.isoformat(), "by": by, **data}
    record.record(w, taken.row, [(name, said)], actor=taken.actor, now=taken.now)
