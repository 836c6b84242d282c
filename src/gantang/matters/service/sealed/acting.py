"""What the two holders do with a tip in hand, and what they see of it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.kit.actor import Actor
from gantang.kit.work import Work, reading, work
from gantang.matters.errors import OpeningError, StaleError, TipNotFoundError
from gantang.matters.models import SealedNotice, SealedOpening, SealedTip
from gantang.matters.service.sealed import holding, opening, saying, stream, talking
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed.kept import Kept
from gantang.matters.types import TipLine, TipPage, TipRead

#: What may be done without reading: declaring a conflict comes before opening.
UNREAD = frozenset({"declare_conflict", "second_declares", "to_paper"})


def listed(*, actor: Actor, now: datetime) -> list[TipLine]:
    """The tips that the post's boxes have in hand, those due first; none for whoever holds no box."""
    seeing = opening.sealed(actor)
    if not seeing.sight:
        return []
    mine = {box.pk for box in holding.boxes_of(actor)}
    with reading(seeing):
        rows = list(
            SealedTip.objects.filter(scope__in=[one.ground for one in seeing.sight], keys__isnull=False)
        )
    held = [(UUID(str(row.id)), keeping.of(row)) for row in rows]
    lines = [_line(tip, kept, now) for tip, kept in held if kept.box in mine]
    return sorted(lines, key=lambda one: (one.closed, one.due_at or now, one.tip))


def heard(*, actor: Actor, now: datetime) -> list[date]:
    """On which days of the last month the post's boxes were told that a unit below is late with something."""
    seeing = opening.sealed(actor)
    if not seeing.sight:
        return []
    with reading(seeing):
        rows = SealedNotice.objects.filter(
            scope__in=[one.ground for one in seeing.sight], day__gt=now.date() - timedelta(days=31)
        )
        return list(rows.order_by("-day").values_list("day", flat=True)[:20])


def _line(tip: UUID, kept: Kept, now: datetime) -> TipLine:
    case, procedure = kept.case, kept.procedure
    return TipLine(
        tip=tip,
        title=procedure.states[case.state].title,
        due_at=case.clock.due if case.clock else None,
        mark=engine.show(procedure, case, now).mark or "",
        closed=case.is_closed,
    )


def page(*, actor: Actor, tip: UUID, passing: str, now: datetime) -> TipPage:
    """What a holder sees: nothing of the tip until two have opened it, then all of it while the opening
    lasts.

    Errors: TipNotFoundError.
    """
    with work(actor, ids=[tip]) as w:
        hand = opening.take(w, actor, tip, now)
        private, wait = _read(w, hand, actor, passing, now)
        read = None if private is None else _content(stream.read(tip, private))
        days = keeping.calendar(now)
        possible = engine.may(hand.kept.procedure, hand.kept.case, hand.doer, hand.kept.facts, days, now)
        row = SealedOpening.objects.filter(tip=tip, until__gte=now).first()
        return TipPage(
            line=_line(tip, hand.kept, now),
            side=hand.side,
            asked=row is not None,
            waiting=wait,
            until=row.until if row else None,
            read=read,
            moves=tuple(one for one in possible if _is_offered(one, opened=read is not None)),
            fields={**hand.kept.procedure.form.fields, **hand.kept.procedure.fields},
            version=hand.row.version,
        )


def _is_offered(move: engine.Possible, *, opened: bool) -> bool:
    """The holder's own moves of this state; of an unopened tip only those that need no reading."""
    own = move.here and move.duty is not None and move.move not in OPENING
    return own and (opened or move.move in UNREAD)


#: Moves that are made by passphrases, not by a form.
OPENING = frozenset({"ask_open", "open", "look"})


def _read(
    w: Work, hand: opening.Hand, actor: Actor, passing: str, now: datetime
) -> tuple[bytes | None, bool]:
    """The tip's key for this browser, and whether the other holder is awaited."""
    try:
        private = opening.key(w, hand, actor, passing, now)
    except OpeningError:
        return None, False
    return private, private is None


def _content(pieces: list[stream.Piece]) -> TipRead:
    tip = next(one for one in pieces if one.head["kind"] == "tip")
    return TipRead(
        words=tip.body.decode(),
        told={key: value for key, value in tip.head.items() if key != "kind" and value not in (None, "")},
        said=tuple(talking.said(one) for one in pieces if one.head["kind"] == "words"),
        pictures=tuple(one.seq for one in pieces if one.head["kind"] == "picture"),
        steps=tuple((one.head["name"], one.head["data"]) for one in pieces if one.head["kind"] == "step"),
        handed_over=any(map(saying.is_handed_over, pieces)),
        printed=tuple(
            datetime.fromisoformat(one.head["at"]) for one in pieces if one.head["kind"] == "printed"
        ),
    )


def picture(*, actor: Actor, tip: UUID, seq: int, passing: str, now: datetime) -> bytes:
    """One picture of an opened tip. Errors: TipNotFoundError, OpeningError."""
    with work(actor, ids=[tip]) as w:
        hand = opening.take(w, actor, tip, now)
        private = opening.key(w, hand, actor, passing, now)
        found = stream.read(tip, private) if private else []
        shown = next((one for one in found if one.seq == seq and one.head["kind"] == "picture"), None)
        if shown is None:
            raise TipNotFoundError
        return shown.body


def act(
    *,
    actor: Actor,
    tip: UUID,
    move: str,
    answers: Mapping[str, Any],
    passing: str,
    version: int,
    now: datetime,
) -> None:
    """Make a move on a tip that is open to this browser; a conflict is declared without opening.

    ``version`` is the one that was seen: a form sent twice is made once. Errors: TipNotFoundError,
    OpeningError, StaleError, MoveRefusedError with all reasons.
    """
    if move in OPENING:
        raise TipNotFoundError
    with work(actor, ids=[tip]) as w:
        hand = opening.take(w, actor, tip, now)
        if hand.row.version != version:
            raise StaleError(details={"version": hand.row.version})
        talk = None if move in UNREAD else _talk(w, hand, actor, passing, now)
        hand.kept = talking.decide(
            w, hand.row, hand.kept, move=move, answers=answers, doer=hand.doer, talk=talk, now=now
        )
        if move in keeping.UPWARD:
            opening.forget(w, tip)


def _talk(w: Work, hand: opening.Hand, actor: Actor, passing: str, now: datetime) -> bytes:
    private = opening.key(w, hand, actor, passing, now)
    if private is None:
        raise OpeningError
    return bytes.fromhex(stream.read(hand.tip, private)[0].head["talk"])
