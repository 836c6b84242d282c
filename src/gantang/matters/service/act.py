"""Every move of every pack: see, decide, change, record, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.engine import Decision, Procedure, Step
from gantang.kit.actor import Actor
from gantang.kit.once import once
from gantang.kit.work import Work, reading, work
from gantang.matters import announcing, notices
from gantang.matters.errors import MoveRefusedError
from gantang.matters.queries.finding import seen
from gantang.matters.rules.sight import party_of
from gantang.matters.service import answers as given
from gantang.matters.service import cause as causes
from gantang.matters.service import (
    children,
    documents,
    gates,
    known,
    merge,
    record,
    sessions,
    texts,
    transfer,
)
from gantang.matters.service.facts import facts_for
from gantang.matters.service.replies import acted_again, acted_of, ref_of
from gantang.matters.service.taking import Taken, take
from gantang.matters.types import Acted, Made


def act(
    *,
    actor: Actor,
    matter: UUID,
    move: str,
    answers: Mapping[str, Any],
    key: str,
    now: datetime,
    version: int | None = None,
    made: Made | None = None,
    suggestion: UUID | None = None,
    cause: str = "",
    session: int | None = None,
) -> Acted:
    """Make a move. The same key with the same body gives the same answer and one effect.

    ``version`` is the one the caller decided on; None takes whatever stands. ``made`` on a phone is kept on
    the step, and so is the ``suggestion`` that stood before the actor (an id of ``advice``, opaque here),
    which is then told what class was decided. ``cause`` is put in with it (``cause.with_move``), the
    planned ``session`` of which the move is the record is held with it (``sessions.held``). Errors:
    MatterNotFoundError, StaleError, MoveRefusedError (with all reasons), AnswerInvalidError, KeyReusedError.
    """
    asked = Asked(actor, matter, move, answers, key, now, version, made, suggestion, cause, session)
    try:
        return _issuing(asked)
    except MoveRefusedError as refusal:
        gates.note(actor, matter, move, refusal, key=key, now=now)
        raise


@dataclass(frozen=True, slots=True)
class Asked:
    """A move as it was asked for."""

    actor: Actor
    matter: UUID
    move: str
    answers: Mapping[str, Any]
    key: str
    now: datetime
    version: int | None
    made: Made | None = None
    suggestion: UUID | None = None
    cause: str = ""
    session: int | None = None


def _issuing(asked: Asked) -> Acted:
    """A move that produces documents is made once they are set; any other at once."""
    try:
        return _act(asked, None)
    except documents.Unwritten:
        return _act(asked, _set_ahead(asked))


def _act(asked: Asked, ahead: documents.Ahead | None) -> Acted:
    with work(asked.actor, ids=[asked.matter]) as w:
        body = _body(asked)
        claim = once(w, actor=asked.actor, key=asked.key, body=body)
        if claim.again:
            return acted_again(claim.ref)
        taken = take(asked.actor, asked.matter, now=asked.now, version=asked.version)
        opened = make(w, taken, asked.move, asked.answers, ahead=ahead, beside=_beside(asked))
        if asked.cause:
            causes.with_move(w, taken, asked.move, asked.cause)
        if asked.session is not None:
            sessions.held(w, taken, asked.session, asked.move)
        if asked.suggestion is not None:
            announcing.tell_decided(w, taken.row, asked.suggestion, now=asked.now)
        acted = acted_of(taken.row, opened)
        claim.keep(200, ref_of(acted))
    return acted


def _set_ahead(asked: Asked) -> documents.Ahead:
    """The documents of a move, set on what can be read without a lock; none of a move that will be
    refused."""
    with reading(asked.actor):
        row, duties = seen(asked.actor, asked.matter)
        taken = Taken(row, asked.actor, duties, asked.now)
        answered, decision = _decided(taken, asked.move, asked.answers)
        if not decision.allowed:
            return documents.Ahead()
        procedure, kinds = taken.procedure, documents.produced(taken.procedure, decision.steps)
        items = [(step.name, step.data) for step in decision.steps]
        papers = documents.foreseen(taken, kinds, items, answered)
    return documents.set_ahead(procedure, papers)


def make(
    w: Work,
    taken: Taken,
    move: str,
    answers: Mapping[str, Any],
    *,
    ahead: documents.Ahead | None = documents.NONE,
    beside: Mapping[str, Any] | None = None,
) -> tuple[UUID, ...]:
    """Make a move on a matter in hand; the ids of the child matters it opened. ``beside`` is kept on its
    step. Errors: ``documents.Unwritten`` where ``ahead`` is None and the move produces documents."""
    row, procedure = taken.row, taken.procedure
    answered, decision = _decided(taken, move, answers)
    kinds = documents.produced(procedure, decision.steps)
    if kinds and ahead is None:
        raise documents.Unwritten
    if not decision.allowed:
        raise refused(decision)
    before = reduce(engine.apply, decision.due, taken.case)  # what the clock owed came first
    steps = _with(_with_texts(w, taken, procedure, decision.steps, answered), beside or {})
    record.record(w, row, [(step.name, step.data) for step in steps], actor=taken.actor, now=taken.now)
    opened = children.open_all(w, taken, procedure, steps, answered)
    _beyond(w, taken, before, steps[-1], answered)
    notices.news(w, row, procedure, steps[-1], now=taken.now)
    documents.issue(w, taken, kinds, answered, ahead=ahead or documents.NONE)
    return opened


def _decided(taken: Taken, move: str, answers: Mapping[str, Any]) -> tuple[dict[str, Any], Decision]:
    """The answers as they will be kept, and what the engine says of the move with them."""
    procedure = taken.procedure
    answered = given.spelt(procedure, texts.tidy(procedure, answers))
    given.check(procedure, move, answered, on=taken.now.date())
    answered = merge.resolved(taken, procedure, move, answered)
    return answered, _decide(taken, procedure, move, answered)


def _decide(taken: Taken, procedure: Procedure, move: str, answers: Mapping[str, Any]) -> Decision:
    klass = str(answers.get("class") or taken.row.class_code)
    facts = facts_for(procedure, taken.case, taken.row, klass=klass, now=taken.now)
    return engine.decide(procedure, taken.case, move, answers, taken.doer, facts, taken.calendar, taken.now)


def refused(decision: Decision) -> MoveRefusedError:
    """The refusal with every reason of the engine."""
    reasons = [
        {
            "code": one.code,
            "sentence": {"zh": one.sentence.zh, "en": one.sentence.en},
            "because": {"zh": one.because.zh, "en": one.because.en} if one.because else None,
            "law": one.law,
        }
        for one in decision.refusals
    ]
    return MoveRefusedError(details={"reasons": reasons})


def _with_texts(
    w: Work, taken: Taken, procedure: Procedure, steps: Sequence[Step], answers: Mapping[str, Any]
) -> list[Step]:
    """The steps, the last one with the entries and hashes of the texts that came with it."""
    last = steps[-1]
    kept = {name: texts.plain(answers[name]) for name in last.data.get("kept", ())}
    if not kept:
        return list(steps)
    party = party_of(taken.actor)
    said = texts.keep(
        w, taken.row, kept, by_people=party is not None, party=party, unit=taken.actor.unit, now=taken.now
    )
    return [*steps[:-1], replace(last, data={**last.data, "texts": said})]


def _beside(asked: Asked) -> dict[str, Any]:
    """What a step keeps beside the move: when it was written on a phone, what was suggested."""
    made = {"made": asked.made.data()} if asked.made is not None else {}
    return {**made, "suggestion": str(asked.suggestion)} if asked.suggestion is not None else made


def _with(steps: list[Step], beside: Mapping[str, Any]) -> list[Step]:
    """The steps, the last one with what is kept beside the move."""
    return [*steps[:-1], replace(steps[-1], data={**steps[-1].data, **beside})] if beside else steps


def _beyond(w: Work, taken: Taken, before: engine.Case, last: Step, answers: Mapping[str, Any]) -> None:
    """What an end means for other matters: the one it goes into, the one that takes over, its children."""
    for other in last.data.get("link", ()):
        known.tie(w, taken, UUID(other))
    outcome = last.data.get("outcome") if last.data.get("ended") else None
    if outcome == "merged":
        merge.into(w, taken, UUID(str(answers["into"])))
    elif outcome == "moved":
        transfer.take_over(w, taken, before, str(answers["ground"]))
    if outcome is not None and children.asked_about(taken.procedure, last):
        children.settle(w, taken, str(answers.get("children") or "withdraw"))


def _body(asked: Asked) -> dict[str, Any]:
    body = {
        "act": str(asked.matter),
        "move": asked.move,
        "answers": dict(asked.answers),
        "version": asked.version,
    }
    body |= {"cause": asked.cause} if asked.cause else {}
    body |= {"session": asked.session} if asked.session is not None else {}
    return {**body, "suggestion": str(asked.suggestion)} if asked.suggestion is not None else body
