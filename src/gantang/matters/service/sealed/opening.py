"""Opening a tip: two posts, two people, two passphrases, one reason each, within a quarter of an hour.

Each browser gets a passing key; the server keeps its public half only. The first holder's half is sealed to
the first browser's key; the second's too, when the second holder joins. So the halves meet only in a
request that carries the first browser's key; the tip's key is then sealed to both browsers, and the halves
are gone. At rest there is never anything from which the server could read the tip.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gantang.engine import Doer
from gantang.kit import boxes
from gantang.kit.actor import Actor, Triple
from gantang.kit.work import Work, work
from gantang.matters.errors import OpeningError, TipNotFoundError
from gantang.matters.models import SealedBox, SealedOpening, SealedTip
from gantang.matters.service.sealed import holding, talking
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed.holding import FIRST, SECOND
from gantang.matters.service.sealed.kept import Kept
from gantang.matters.service.sealed.receiving import key_binding

#: How long the second holder may take, and how long both may read.
TOGETHER, READING = timedelta(minutes=15), timedelta(minutes=30)
#: Under which duties each side acts.
DUTIES = {FIRST: frozenset({"receiver", "handler"}), SECOND: frozenset({"verifier"})}


@dataclass(slots=True)
class Hand:
    """A tip locked by an act, with who acts."""

    row: SealedTip
    kept: Kept
    box: SealedBox
    side: str
    doer: Doer

    @property
    def tip(self) -> UUID:
        return UUID(str(self.row.id))


def take(w: Work, actor: Actor, tip: UUID, now: datetime) -> Hand:
    """Lock a tip that the actor's post holds; what the clock owes comes first. Errors: TipNotFoundError."""
    mine = {box.pk: box for box in holding.boxes_of(actor)}
    if not mine:
        raise TipNotFoundError
    w.name([tip])
    row = SealedTip.objects.select_for_update().filter(pk=tip).first()
    if row is None or row.keys is None:
        raise TipNotFoundError
    kept = talking.owed(w, row, keeping.of(row), now)
    if kept.box not in mine:
        raise TipNotFoundError
    box = mine[kept.box]
    side = holding.side_of(actor, box)
    return Hand(row, kept, box, side, Doer(actor.account, box.unit, actor.post, DUTIES[side]))


def sealed(actor: Actor) -> Actor:
    """The same person with sight of the sealed ground of the post's boxes, and of nothing else."""
    units = dict.fromkeys(box.unit for box in holding.boxes_of(actor))
    sight = tuple(Triple("*", f"~{unit}", "receiver", unit) for unit in units)
    return Actor(actor.client, actor.account, actor.post, actor.unit, sight)


def ask(*, actor: Actor, tip: UUID, passphrase: str, reason: str, now: datetime) -> str:
    """The first holder begins; returns the passing key for the browser, hex.

    Errors: TipNotFoundError, PassphraseError, MoveRefusedError, OpeningError for the second holder.
    """
    with work(actor, ids=[tip]) as w:
        hand = take(w, actor, tip, now)
        if hand.side != FIRST:
            raise OpeningError
        half = holding.half_of(hand.box, FIRST, passphrase)
        _moved(w, hand, "ask_open", reason, actor, now)
        forget(w, tip)
        private, public = boxes.new_pair()
        row = SealedOpening(
            tip=tip,
            box=hand.box.pk,
            first_account=actor.account or 0,
            first_public=public,
            first_half=boxes.seal_to(public, half, _bound(tip, "first half")),
            until=now + TOGETHER,
        )
        w.add(row)
    return private.hex()


def join(*, actor: Actor, tip: UUID, passphrase: str, reason: str, now: datetime) -> str:
    """The second holder agrees; returns the passing key for the browser, hex.

    Errors: TipNotFoundError, PassphraseError, MoveRefusedError, OpeningError where nobody began, the time
    is over, or it is the same person.
    """
    with work(actor, ids=[tip]) as w:
        hand = take(w, actor, tip, now)
        row = _running(tip, now)
        same = row.first_account == actor.account
        if hand.side != SECOND or same or row.second_public is not None or row.box != hand.box.pk:
            raise OpeningError
        half = holding.half_of(hand.box, SECOND, passphrase)
        _moved(w, hand, "open", reason, actor, now)
        private, row.second_public = boxes.new_pair()
        row.second_account, row.until = actor.account, now + READING
        row.second_half = boxes.seal_to(bytes(row.first_public), half, _bound(tip, "second half"))
        w.change(row, ["second_account", "second_public", "second_half", "until"], second_public=None)
    return private.hex()


def _moved(w: Work, hand: Hand, move: str, reason: str, actor: Actor, now: datetime) -> None:
    """The first opening is a move of its own; every later one is a look. Both are on the account's stream."""
    if hand.kept.case.state != "received":
        move = "look"
    answers: dict[str, Any] = {"opening_reason": reason}
    hand.kept = talking.decide(
        w, hand.row, hand.kept, move=move, answers=answers, doer=hand.doer, talk=None, now=now
    )
    holding.looked(w, actor=actor, box=hand.box, tip=hand.tip, reason=reason, now=now)


def key(w: Work, hand: Hand, actor: Actor, passing: str, now: datetime) -> bytes | None:
    """The tip's key by the browser's passing key; None while the other holder is awaited.

    Errors: OpeningError where no opening is in force for this browser.
    """
    row = _running(hand.tip, now)
    mine = bytes.fromhex(passing) if _is_key(passing) else b""
    public = row.first_public if hand.side == FIRST else row.second_public
    accounts = {FIRST: row.first_account, SECOND: row.second_account}
    if (
        not mine
        or public is None
        or boxes.public_of(mine) != bytes(public)
        or accounts[hand.side] != actor.account
    ):
        raise OpeningError
    if hand.side == FIRST and row.first_view is None and row.second_half is not None:
        _meet(w, hand, row, mine)
    view = row.first_view if hand.side == FIRST else row.second_view
    return None if view is None else boxes.open_with(mine, bytes(view), _bound(hand.tip, "view"))


def _meet(w: Work, hand: Hand, row: SealedOpening, passing: bytes) -> None:
    """The halves meet: the tip's key is sealed to both browsers, the halves go."""
    tip = hand.tip
    first = boxes.open_with(passing, bytes(row.first_half or b""), _bound(tip, "first half"))
    second = boxes.open_with(passing, bytes(row.second_half or b""), _bound(tip, "second half"))
    private = holding.key_of(hand.box, first, second)
    own = keys_of(hand.row)[hand.box.pk]
    opened = boxes.open_with(private, own, key_binding(tip, hand.box.pk))
    row.first_view = boxes.seal_to(bytes(row.first_public), opened, _bound(tip, "view"))
    row.second_view = boxes.seal_to(bytes(row.second_public or b""), opened, _bound(tip, "view"))
    row.first_half = row.second_half = None
    w.change(row, ["first_view", "second_view", "first_half", "second_half"])


def keys_of(row: SealedTip) -> dict[int, bytes]:
    """A tip's key, sealed to each box, by box."""
    return {int(box): bytes.fromhex(text) for box, text in json.loads(bytes(row.keys or b"{}")).items()}


def close(*, actor: Actor, tip: UUID, now: datetime) -> None:
    """End an opening before its time: both browsers read no more. Errors: TipNotFoundError."""
    with work(actor, ids=[tip]) as w:
        take(w, actor, tip, now)
        forget(w, tip)


def forget(w: Work, tip: UUID) -> None:
    """End whatever opening there is."""
    for old in SealedOpening.objects.filter(tip=tip):
        w.remove(old)
    w.flush()


def _running(tip: UUID, now: datetime) -> SealedOpening:
    row = SealedOpening.objects.select_for_update().filter(tip=tip).first()
    if row is None or row.until < now:
        raise OpeningError
    return row


def _is_key(text: str) -> bool:
    return len(text) == 64 and all(one in "0123456789abcdef" for one in text)


def _bound(tip: UUID, what: str) -> bytes:
    return b"sealed opening " + what.encode() + tip.bytes
