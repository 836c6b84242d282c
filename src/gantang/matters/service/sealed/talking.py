"""Two ways by receipt: what the reporter reads, adds, and says to the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from gantang import engine
from gantang.engine import Doer, Step
from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.work import Work, reading, work
from gantang.matters.errors import MoveRefusedError, ReceiptNotFoundError
from gantang.matters.models import SealedNotice, SealedTip
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed import receipts, stream
from gantang.matters.service.sealed.kept import Kept
from gantang.matters.types import Said, TipTold

_REPORTER = Actor(client="tip")
_DOER = Doer(duties=frozenset({"reporter"}))


def told(*, receipt: str, now: datetime) -> TipTold:
    """What the reporter may know: the state, until when, what was said both ways, which moves are open.

    Errors: ReceiptNotFoundError.
    """
    tip = receipts.found(receipt)
    with reading(_REPORTER, ids=[tip]):
        row = SealedTip.objects.get(pk=tip)
        if row.talk is None:
            raise ReceiptNotFoundError
        pieces = stream.read_told(tip, talk_of(row, receipt))
        return _told(keeping.of(row), pieces, now)


def _told(kept: Kept, pieces: list[stream.Piece], now: datetime) -> TipTold:
    procedure, case = kept.procedure, kept.case
    possible = engine.may(procedure, case, _DOER, kept.facts, keeping.calendar(now), now)
    return TipTold(
        state=case.state,
        title=procedure.states[case.state].title,
        outcome=case.outcome or "",
        outcome_title=procedure.outcomes.get(case.outcome or ""),
        due_at=case.clock.due if case.clock else None,
        said=tuple(said(one) for one in pieces),
        moves=tuple(one.move for one in possible if one.allowed and one.duty == "reporter"),
        version=case.visit,
    )


def said(piece: stream.Piece) -> Said:
    """Words of one side, with their moment."""
    at = datetime.fromisoformat(piece.head["at"])
    return Said(str(piece.head["by"]), at, piece.body.decode(), str(piece.head.get("field", "")))


def talk_of(row: SealedTip, receipt: str) -> bytes:
    """The key of the reporter's copy, opened by the receipt."""
    return crypto.unseal(receipts.key(receipt), bytes(row.talk or b""), UUID(str(row.id)).bytes)


def say(*, receipt: str, move: str, words: str = "", now: datetime) -> None:
    """Make one of the reporter's moves: add, confirm, object, ask_again; with words where it asks for them.

    What was said last comes in once, however often a page is sent: nothing else could tell, as no visit is
    known again. Errors: ReceiptNotFoundError, MoveRefusedError with all reasons.
    """
    tip = receipts.found(receipt)
    with work(_REPORTER, ids=[tip]) as w:
        row = locked(tip)
        if row.talk is None:
            raise ReceiptNotFoundError
        kept = keeping.of(row)
        asked = [ask.field for ask in kept.procedure.moves[move].asks] if move in kept.procedure.moves else []
        answers = {asked[0]: words} if asked and words.strip() else {}
        talk = talk_of(row, receipt)
        if not _is_said(stream.read_told(tip, talk), answers):
            decide(w, row, kept, move=move, answers=answers, doer=_DOER, talk=talk, now=now)


def _is_said(pieces: list[stream.Piece], answers: Mapping[str, str]) -> bool:
    """Whether the last word of both sides is this very one."""
    last = said(pieces[-1]) if pieces else None
    return last is not None and last.by == "reporter" and answers == {last.field: last.words}


def sent_again(*, tip: UUID, receipt: str, body: str, words: str, now: datetime) -> None:
    """A form that came a second time: nothing new, or other words, which are added."""
    with reading(_REPORTER, ids=[tip]):
        row = SealedTip.objects.get(pk=tip)
        kept = keeping.of(row)
    if row.talk is not None and kept.body != body and kept.case.closed_at is None:
        say(receipt=receipt, move="add", words=words, now=now)


def locked(tip: UUID) -> SealedTip:
    """The row of a named tip. Errors: ReceiptNotFoundError."""
    row = SealedTip.objects.select_for_update().filter(pk=tip).first()
    if row is None:
        raise ReceiptNotFoundError
    return row


def decide(
    w: Work,
    row: SealedTip,
    kept: Kept,
    *,
    move: str,
    answers: Mapping[str, Any],
    doer: Doer,
    talk: bytes | None,
    now: datetime,
) -> Kept:
    """Ask the engine and write what it says: the one way by which anything happens to a tip.

    Errors: MoveRefusedError with all reasons.
    """
    kept = owed(w, row, kept, now)
    decision = engine.decide(
        kept.procedure, kept.case, move, answers, doer, kept.facts, keeping.calendar(now), now
    )
    if not decision.allowed:
        raise MoveRefusedError(details={"reasons": [one.sentence.zh for one in decision.refusals]})
    return write(
        w, row, kept, [kept.lifted(one) for one in decision.steps], answers=answers, talk=talk, now=now
    )


def owed(w: Work, row: SealedTip, kept: Kept, now: datetime) -> Kept:
    """What the clock owes comes first. A step upward is followed by a new look, since others hold it from
    then on: late, doubled or in parallel, the end is the same."""
    while True:
        steps = list(engine.lapse(kept.procedure, kept.case, kept.facts, keeping.calendar(now), now))
        upward = next((n for n, step in enumerate(steps) if keeping.goes_up(step)), None)
        if upward is not None:
            steps = [*steps[:upward], kept.lifted(steps[upward])]
        if steps:
            kept = write(w, row, kept, steps, answers={}, talk=None, now=now)
        if upward is None:
            return kept


def write(
    w: Work,
    row: SealedTip,
    kept: Kept,
    steps: list[Step],
    *,
    answers: Mapping[str, Any],
    talk: bytes | None,
    now: datetime,
) -> Kept:
    """Pieces for the steps and the words that came with them, and the row that follows."""
    tip = UUID(str(row.id))
    pieces = w.memo.setdefault(("sealed", tip), None) or stream.held(w, tip)
    w.memo["sealed", tip] = pieces
    for step in steps:
        pieces.add({"kind": "step", "name": step.name, "data": step.data})
        before, kept = kept, kept.after(step)
        _tell(w, before, kept, step)
    if steps and answers:
        _add_texts(pieces, kept, steps[-1], answers, talk=talk, now=now)
    was = row.version
    row.kept, row.scope, row.version = keeping.seal(tip, kept), kept.scope, was + 1
    row.wake_at = keeping.wake_at(kept, now)
    if not w.memo.get(("sealed row", tip)):
        w.memo["sealed row", tip] = True
        w.before_end(lambda: w.change(row, ["kept", "scope", "version", "wake_at"]))
    return kept


#: What only the two holders and the authority may know, never the reporter's copy.
INWARD = frozenset({"letter", "organ", "slip"})


def _add_texts(
    pieces: stream.Stream,
    kept: Kept,
    step: Step,
    answers: Mapping[str, Any],
    *,
    talk: bytes | None,
    now: datetime,
) -> None:
    """The words that came with a move; the other side gets its copy of those meant for it."""
    by = "reporter" if step.data["by"]["duty"] == "reporter" else "holders"
    for name, text in answers.items():
        if kept.procedure.fields[name].vault and text:
            head = {
                "kind": "words",
                "by": by,
                "at": now.isoformat(),
                "move": step.data["move"],
                "field": name,
            }
            pieces.add(head, str(text).encode(), talk=None if name in INWARD else talk)


def _tell(w: Work, before: Kept, after: Kept, step: Step) -> None:
    """Whoever else a late rule told finds a line that says no more than its day."""
    for unit, at in after.told[len(before.told) :]:
        if unit != before.unit:
            w.add(SealedNotice(id=uuid4(), scope=f"~{unit}", day=datetime.fromisoformat(at).date()))
