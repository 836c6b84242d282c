"""A legal hold: a matter's people, words, files and documents stay past their term, and are not deleted at a
person's request, while something lawful still needs them (个人信息保护法 §47 lets data stay where a law has
them kept).

Whoever leads or supervises places it, with a reason of a closed list and a day on which somebody looks again;
that day lifts nothing, a person does. A state or work secret goes all the same (``removing``).
"""

from datetime import date, datetime
from uuid import UUID

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.ledger import queries as ledger
from gantang.matters.errors import LegalHoldInvalidError, NoLegalHoldError, unfit
from gantang.matters.models import Matter
from gantang.matters.queries.legal_hold import MAY, placed
from gantang.matters.service import record
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import LEGAL_HOLD_REASONS, Acted


def place_legal_hold(
    *, actor: Actor, matter: UUID, reason: str, review_on: date, key: str, now: datetime
) -> Acted:
    """Keep a matter from being erased, or put off the day of looking again. Errors: MatterNotFoundError,
    ForbiddenError, LegalHoldInvalidError (also where nothing is left to keep)."""
    _check(reason, review_on, now)
    body = {"legal_hold": str(matter), "reason": reason, "review_on": review_on.isoformat()}
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return acted_again(claim.ref)
        taken = _taken(actor, matter, now)
        if taken.row.erased_at is not None:
            raise unfit([("matter", "nothing_left")], LegalHoldInvalidError)
        said = {"at": now.isoformat(), "reason": reason, "review_on": review_on.isoformat()}
        record.record(w, taken.row, [("legal_hold_placed", said)], actor=actor, now=now)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted


def lift_legal_hold(*, actor: Actor, matter: UUID, key: str, now: datetime) -> Acted:
    """Let the matter be erased when its term has passed. Errors: MatterNotFoundError, ForbiddenError,
    NoLegalHoldError."""
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"legal_hold_lifted": str(matter)})
        if claim.again:
            return acted_again(claim.ref)
        taken = _taken(actor, matter, now)
        if taken.row.legal_hold_until is None:
            raise NoLegalHoldError
        record.record(w, taken.row, [("legal_hold_lifted", {"at": now.isoformat()})], actor=actor, now=now)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted


def carried(row: Matter, now: datetime) -> list[record.Item]:
    """The step by which a matter that another city takes over is held there as it was here."""
    step = placed(ledger.steps(row.city, row.id)) if row.legal_hold_until is not None else None
    return [] if step is None else [(step.name, {**step.data, "at": now.isoformat()})]


def _taken(actor: Actor, matter: UUID, now: datetime) -> Taken:
    taken = take(actor, matter, now=now)
    if actor.account is None or not taken.duties & MAY:
        raise ForbiddenError
    return taken


def _check(reason: str, review_on: date, now: datetime) -> None:
    wrong = [] if reason in LEGAL_HOLD_REASONS else [("reason", "no_hold_reason")]
    if review_on <= now.astimezone(clock.ZONE).date():
        wrong.append(("review_on", "no_day_to_come"))
    if wrong:
        raise unfit(wrong, LegalHoldInvalidError)
