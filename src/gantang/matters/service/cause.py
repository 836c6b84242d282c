"""The cause of a matter, told with the move that ends it or put in afterwards: a step of its own."""

from datetime import datetime
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters.errors import AnswerInvalidError, unfit
from gantang.matters.rules import causes as rules
from gantang.matters.service import record
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Acted


def give_cause(
    *, actor: Actor, matter: UUID, cause: str, key: str, now: datetime, version: int | None = None
) -> Acted:
    """Say why a matter arose; its whole history is counted under it. Errors: AnswerInvalidError for an
    unknown cause and for procedures that ask for none; MatterNotFoundError, ForbiddenError, StaleError."""
    _check(cause)
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"cause": cause, "of": str(matter), "version": version})
        if claim.again:
            return acted_again(claim.ref)
        taken = take(actor, matter, now=now, version=version)
        _may(taken)
        if not rules.is_asked(taken.procedure):
            raise unfit([("cause", "no_cause")], AnswerInvalidError)
        _record(w, taken, cause)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted


def with_move(w: Work, taken: Taken, move: str, cause: str) -> None:
    """Put the cause in that was told with a move just made. Errors: as above; also where that asks for
    none."""
    _check(cause)
    _may(taken)
    if not rules.is_asked_with(taken.procedure, move):
        raise unfit([("cause", "no_cause")], AnswerInvalidError)
    _record(w, taken, cause)


def _check(cause: str) -> None:
    if catalogue.get_cause(cause) is None:
        raise unfit([("cause", "unknown_cause")], AnswerInvalidError)


def _may(taken: Taken) -> None:
    if not taken.duties & rules.TELLING:
        raise ForbiddenError


def _record(w: Work, taken: Taken, cause: str) -> None:
    if cause != taken.row.cause_code:
        data = {"at": taken.now.isoformat(), "cause": cause}
        record.record(w, taken.row, [("caused", data)], actor=taken.actor, now=taken.now)
