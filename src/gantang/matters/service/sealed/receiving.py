"""A tip comes in: routed, sealed at once to a key that nobody present can open, and answered by a receipt.

The answer is the same and the work alike whether a unit may receive it or only paper is left; which it is,
the reporter reads by the receipt.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from gantang import engine
from gantang.engine import Doer, Step
from gantang.files import service as files
from gantang.files.errors import BrokenFileError, UnfitFileError
from gantang.kit import boxes, crypto
from gantang.kit.actor import Actor
from gantang.kit.canonical import canonical
from gantang.kit.work import work
from gantang.matters.errors import PictureError
from gantang.matters.models import SealedBox, SealedTip
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed import receipts, seats, stream, talking
from gantang.matters.service.sealed.kept import Kept
from gantang.matters.types import Tip

#: Nobody: no account, no form, no address stands behind a tip.
REPORTER = Actor(client="tip")
MOST_PICTURES = 4
_PERSON = Doer(duties=frozenset({"reporter"}))


@dataclass(frozen=True, slots=True)
class _Made:
    """A tip about to be written: its own pair, the talk key, who may receive it."""

    id: UUID
    receipt: str
    private: bytes = field(repr=False)
    public: bytes
    talk: bytes = field(repr=False)
    chain: tuple[SealedBox, ...]


def receive(*, token: str, tip: Tip, now: datetime) -> str:
    """Take a tip in; returns its receipt. The same token gives the same receipt and one tip.

    Sent again with other words, those are added to it: nothing that was sent is lost. Errors: PictureError.
    """
    pictures = [_picture(one) for one in tip.pictures]
    receipt = receipts.derive(token)
    body = _body_of(tip)
    known = receipts.find(receipt)
    if known is not None:
        talking.sent_again(tip=known, receipt=receipt, body=body, words=tip.words, now=now)
        return receipt
    chain = seats.chain(unit=tip.accused_unit, level=tip.accused_level, place=tip.place, on=now.date())
    private, public = boxes.new_pair()
    made = _Made(uuid4(), receipt, private, public, crypto.new_key(), chain)
    _write(made, tip, pictures, body, now)
    return receipt


def _picture(data: bytes) -> bytes:
    """A picture without anything about its maker; everything else is refused."""
    files.check_size(len(data))
    try:
        cleaned = files.clean(data)
    except (UnfitFileError, BrokenFileError) as error:
        raise PictureError from error
    if not (cleaned.kind.stripped and cleaned.mime.startswith("image/")):
        raise PictureError
    return cleaned.data


def _body_of(tip: Tip) -> str:
    parts = [tip.words, tip.kind, tip.accused_level, tip.accused_unit, tip.accused_name, tip.place, tip.name]
    return crypto.mac("tip body", canonical([*parts, tip.contact])).hex()


def _write(made: _Made, tip: Tip, pictures: list[bytes], body: str, now: datetime) -> None:
    kept, opened = _opened(made, body, now)
    with work(REPORTER, ids=[made.id]) as w:
        pieces = stream.begin(w, made.id, made.public)
        pieces.add({"kind": "key", "talk": made.talk.hex()})
        pieces.add({"kind": "tip", **_said(tip)}, tip.words.encode())
        pieces.add(
            {"kind": "words", "by": "reporter", "at": now.isoformat()}, tip.words.encode(), talk=made.talk
        )
        for one in pictures:
            pieces.add({"kind": "picture"}, one)
        for step in opened:
            pieces.add({"kind": "step", "name": step.name, "data": step.data})
        w.add(
            SealedTip(
                id=made.id,
                scope=kept.scope,
                receipt=receipts.mark(made.receipt),
                kept=keeping.seal(made.id, kept),
                keys=_keys(made),
                talk=crypto.seal(receipts.key(made.receipt), made.talk, made.id.bytes),
                wake_at=keeping.wake_at(kept, now),
            )
        )


def _said(tip: Tip) -> dict[str, Any]:
    """All that was asked, inside the seal."""
    return {
        "of": tip.kind,
        "level": tip.accused_level,
        "unit": tip.accused_unit,
        "who": tip.accused_name,
        "place": tip.place,
        "name": tip.name,
        "contact": tip.contact,
    }


def _opened(made: _Made, body: str, now: datetime) -> tuple[Kept, list[Step]]:
    """The engine's first steps; where nobody may receive it, it ends on paper at once."""
    procedure, days = keeping.pack(now), keeping.calendar(now)
    chain = tuple((box.pk, box.unit) for box in made.chain)
    holder = engine.Holder(chain[0][1]) if chain else None
    facts = engine.Facts(holders=dict.fromkeys(keeping.OWNERS, holder))
    (opened,) = engine.open_case(procedure, doer=_PERSON, facts=facts, calendar=days, now=now).steps
    kept = Kept(engine.replay([keeping.bare(opened)]), chain, 0, body)
    if chain:
        return kept, [opened]
    (ended,) = engine.decide(procedure, kept.case, "to_paper", {}, _DESK, facts, days, now).steps
    return kept.after(ended), [opened, ended]


#: The house itself, where there is no unit to say that only paper is left.
_DESK = Doer(duties=frozenset({"receiver"}))


def _keys(made: _Made) -> bytes:
    """The tip's key, sealed to each box that may come to hold it. To none: then nobody will ever read it,
    and it is written all the same, so that the work is alike."""
    found = {
        str(box.pk): boxes.seal_to(bytes(box.public or b""), made.private, key_binding(made.id, box.pk)).hex()
        for box in made.chain
    }
    return canonical(found)


def key_binding(tip: UUID, box: int) -> bytes:
    """What a sealed key is bound to."""
    return b"sealed key" + tip.bytes + box.to_bytes(8, "big")
