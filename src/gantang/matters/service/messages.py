"""Messages between the people of a matter and those who handle it; the words stand in the vault."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters import notices
from gantang.matters.errors import AnswerInvalidError, unfit
from gantang.matters.models import Party
from gantang.matters.rules.report import MOST_WORDS, storable
from gantang.matters.rules.sight import party_of
from gantang.matters.service import record, texts
from gantang.matters.service.people import REPORTER
from gantang.matters.service.taking import Taken, take
from gantang.vault import service as vault


def send(
    *, actor: Actor, matter: UUID, words: str, key: str, now: datetime, party: int | None = None
) -> UUID:
    """Send a message: by staff with a duty on the matter to a person (the reporter unless ``party`` says),
    or by a person to the staff. Returns the message's id.

    Errors: MatterNotFoundError, ForbiddenError, AnswerInvalidError for words that cannot be kept.
    """
    said = words.strip()
    _check(said)
    with work(actor, ids=[matter]) as w:
        body = {"send": str(matter), "words": said, "party": party}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["message"])
        taken = take(actor, matter, now=now)
        own = party_of(actor)
        to = own if own is not None else party if party is not None else REPORTER
        message = _write(w, taken, said, to, by_people=own is not None)
        claim.keep(201, {"city": taken.row.city, "matter": str(matter), "message": str(message)})
    return message


def _check(said: str) -> None:
    if not said:
        raise unfit([("words", "no_words")], AnswerInvalidError)
    if len(said) > MOST_WORDS or not storable(said):
        fault = "too_long" if len(said) > MOST_WORDS else "unfit_characters"
        raise unfit([("words", fault)], AnswerInvalidError)


def _write(w: Work, taken: Taken, said: str, to: int, *, by_people: bool) -> UUID:
    row, now = taken.row, taken.now
    person = Party.objects.filter(city=row.city, matter_id=row.id, no=to).first()
    if person is None or taken.case.is_closed:
        raise ForbiddenError
    kept = vault.keep(
        w, city=row.city, matter=row.id, kind="message", plain=said, purpose=texts.PURPOSE, party=to, now=now
    )
    unit = None if by_people else taken.actor.unit
    message = texts.message(w, row, kept.id, "message", party=to, unit=unit, now=now)
    data = {"at": now.isoformat(), "entry": str(kept.id), "hash": kept.hash, "party": to, "unit": unit}
    record.record(w, row, [("messaged", data)], actor=taken.actor, now=now)
    if not by_people:
        notices.message(w, row, person, now=now)
    return message
