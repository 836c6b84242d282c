"""What the desk mends before and beside the moves: class and cause, the place, the gist."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters.errors import AnswerInvalidError, TransferInvalidError, unfit
from gantang.matters.rules.report import storable
from gantang.matters.service import record
from gantang.matters.service.ground import find
from gantang.matters.service.opening import LONGEST_GIST
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Acted

#: Who answers for what a matter is and where it lies.
TRIAGING = frozenset({"receiver", "dispatcher", "arbiter", "supervisor"})
Change = Callable[[Work, Taken], None]


def classify(
    *,
    actor: Actor,
    matter: UUID,
    class_code: str,
    cause_code: str = "",
    key: str,
    now: datetime,
    version: int | None = None,
) -> Acted:
    """Give a matter its class and cause; its whole history is counted under them. Errors:
    AnswerInvalidError; StaleError, here and below, if the matter is not at ``version`` any more."""
    if catalogue.get_class(class_code) is None:
        raise unfit([("class", "unknown_class")], AnswerInvalidError)
    if cause_code and cause_code not in {one.code for one in catalogue.causes()}:
        raise unfit([("cause", "unknown_class")], AnswerInvalidError)

    def change(w: Work, taken: Taken) -> None:
        data = {"at": now.isoformat(), "class": class_code, "cause": cause_code}
        record.record(w, taken.row, [("classed", data)], actor=actor, now=now)

    return _triaged(actor, matter, {"class": class_code, "cause": cause_code}, change, key, now, version)


def place(
    *, actor: Actor, matter: UUID, ground: str, key: str, now: datetime, version: int | None = None
) -> Acted:
    """Mend where a matter lies, within its city; to another city it is transferred. Errors:
    TransferInvalidError."""

    def change(w: Work, taken: Taken) -> None:
        found = find(ground, None, on=now.date())
        if found.city != taken.row.city:
            raise TransferInvalidError
        record.record(
            w, taken.row, [("placed", {"at": now.isoformat(), **found.data()})], actor=actor, now=now
        )

    return _triaged(actor, matter, {"ground": ground}, change, key, now, version)


def mend_gist(
    *, actor: Actor, matter: UUID, gist: str, key: str, now: datetime, version: int | None = None
) -> Acted:
    """Put another gist in the place of the machine's; whoever mends it answers for what it shows."""
    text = gist.strip()
    if not text or len(text) > LONGEST_GIST or not storable(text):
        raise unfit([("gist", "no_words" if not text else "too_long")], AnswerInvalidError)

    def change(w: Work, taken: Taken) -> None:
        data = {"at": now.isoformat(), "gist": crypto.mac("gist", text.encode()).hex()}
        record.record(w, taken.row, [("gist_mended", data)], actor=actor, now=now, gist=text)

    return _triaged(actor, matter, {"gist": text}, change, key, now, version)


def _triaged(
    actor: Actor,
    matter: UUID,
    body: dict[str, Any],
    change: Change,
    key: str,
    now: datetime,
    version: int | None,
) -> Acted:
    with work(actor, ids=[matter]) as w:
        claim = once(w, actor=actor, key=key, body={"triage": str(matter), "version": version, **body})
        if claim.again:
            return acted_again(claim.ref)
        taken = take(actor, matter, now=now, version=version)
        if not taken.duties & TRIAGING:
            raise ForbiddenError
        change(w, taken)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted
