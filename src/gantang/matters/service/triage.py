"""What the desk mends before and beside the moves: class and cause, the place, the gist."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Facts, Step
from gantang.kit import crypto, keys
from gantang.kit.actor import Actor, is_apart, lies_apart
from gantang.kit.errors import ForbiddenError
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.matters.errors import AnswerInvalidError, TransferInvalidError, unfit
from gantang.matters.rules.report import storable
from gantang.matters.service import documents, record, wake
from gantang.matters.service.facts import facts_for
from gantang.matters.service.gists import without_people
from gantang.matters.service.ground import find, lies_in
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
    """Give a matter its class and cause (without one the cause stays); its whole history is counted under
    them. Errors: AnswerInvalidError; StaleError, here and below, if the matter is not at ``version`` any
    more."""
    if catalogue.get_class(class_code) is None or lies_apart(class_code):
        raise unfit([("class", "unknown_class")], AnswerInvalidError)
    if cause_code and cause_code not in {one.code for one in catalogue.causes()}:
        raise unfit([("cause", "unknown_cause")], AnswerInvalidError)

    def change(w: Work, taken: Taken) -> None:
        cause = cause_code or taken.row.cause_code
        data = {"at": now.isoformat(), "class": class_code, "cause": cause}
        _record_and_follow(w, taken, ("classed", data))

    return _triaged(actor, matter, {"class": class_code, "cause": cause_code}, change, key, now, version)


def place(
    *, actor: Actor, matter: UUID, ground: str, key: str, now: datetime, version: int | None = None
) -> Acted:
    """Mend where a matter lies, within its city; to another city it is transferred. Errors:
    TransferInvalidError."""

    def change(w: Work, taken: Taken) -> None:
        found = find(ground, None, on=now.date())
        if found.city != lies_in(taken.row):
            raise TransferInvalidError
        _record_and_follow(w, taken, ("placed", {"at": now.isoformat(), **found.data()}))

    return _triaged(actor, matter, {"ground": ground}, change, key, now, version)


def mend_gist(
    *, actor: Actor, matter: UUID, gist: str, key: str, now: datetime, version: int | None = None
) -> Acted:
    """Put another gist in the place of the machine's. Its guesses may be undone; numbers and people of the
    matter are masked in it as well."""
    text = gist.strip()
    if not text or len(text) > LONGEST_GIST:
        raise unfit([("gist", "too_long" if text else "no_words")], AnswerInvalidError)
    if not storable(text):
        raise unfit([("gist", "unfit_characters")], AnswerInvalidError)

    def change(w: Work, taken: Taken) -> None:
        shown = without_people(taken.row, text)
        data = {"at": now.isoformat(), "gist": crypto.mac("gist", shown.encode()).hex()}
        record.record(w, taken.row, [("gist_mended", data)], actor=actor, now=now, gist=shown)

    return _triaged(actor, matter, {"gist": text}, change, key, now, version)


def _record_and_follow(w: Work, taken: Taken, step: record.Item) -> None:
    """Write what was mended, after what the clock owed; the work then follows the remit of what is right."""
    row, now, was = taken.row, taken.now, (taken.row.class_code, taken.row.scope)
    owed = engine.lapse(taken.procedure, taken.case, _facts(taken), taken.calendar, now)
    if documents.produced(taken.procedure, owed):
        raise documents.Unwritten
    items: list[record.Item] = [(one.name, one.data) for one in owed]
    record.record(w, row, [*items, step], actor=taken.actor, now=now)
    if (row.class_code, row.scope) != was:
        moved = [(one.name, one.data) for one in _holders_again(taken)]
        record.record(w, row, moved, actor=taken.actor, now=now)


def _facts(taken: Taken) -> Facts:
    return facts_for(taken.procedure, taken.case, taken.row, klass=taken.row.class_code, now=taken.now)


def _holders_again(taken: Taken) -> Iterator[Step]:
    """Whoever a move had named stands only until class or ground change (procedures.md, Moves)."""
    procedure, case, facts = taken.procedure, taken.case, _facts(taken)
    for unit in sorted({held.unit for held in case.holders.values() if held.by == "move"}):
        for step in engine.end_unit(procedure, case, unit, facts, taken.now):
            case = engine.apply(case, step)
            yield step
    yield from engine.reroute(procedure, case, facts, taken.now)


def _triaged(
    actor: Actor,
    matter: UUID,
    body: dict[str, Any],
    change: Change,
    key: str,
    now: datetime,
    version: int | None,
) -> Acted:
    try:
        return _tried(actor, matter, body, change, key, now, version)
    except documents.Unwritten:  # the clock's documents are set without the lock, in an act of its own
        wake.owed(keys.city_of(matter), matter, now)
        return _tried(actor, matter, body, change, key, now, version)


def _tried(
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
        if not taken.duties & TRIAGING or is_apart(taken.row.scope):
            raise ForbiddenError
        change(w, taken)
        acted = acted_of(taken.row)
        claim.keep(200, ref_of(acted))
    return acted
