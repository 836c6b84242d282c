"""The papers of protected tips: the letter by which one is handed over, the sheet of a half of a key, and
what a reporter hands in where no unit may receive it.

They are set in memory when they are asked for and are kept nowhere: no file, no row of a document, no number
of a series that could show a gap. The letter's number is the one its holders wrote down.
"""

from datetime import datetime
from uuid import UUID

from gantang.files import service as files
from gantang.files.types import About, Answer, Issuer, Paper
from gantang.kit.actor import Actor
from gantang.kit.work import reading, work
from gantang.matters.errors import OpeningError, ReceiptNotFoundError
from gantang.matters.models import SealedBox, SealedTip
from gantang.matters.rules.sealed_halves import on_paper
from gantang.matters.service.paper import unit_name
from gantang.matters.service.sealed import holding, opening, receipts, saying, stream, talking
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed.receiving import REPORTER
from gantang.posts import queries as posts

RECOVERY, STATEMENT = "recovery", "statement"
SIDES = {holding.FIRST: "第一启封岗", holding.SECOND: "第二启封岗"}


def letter(*, actor: Actor, tip: UUID, passing: str, now: datetime) -> bytes:
    """The letter of the latest hand-over with its slip and attachments, as PDF, while the tip is open.

    That it was set is a piece of the tip, which only the two holders read. Errors: TipNotFoundError where
    nothing was handed over, OpeningError, those of ``files.service.render``.
    """
    with work(actor, ids=[tip]) as w:
        hand = opening.take(w, actor, tip, now)
        private = opening.key(w, hand, actor, passing, now)
        if private is None:
            raise OpeningError
        procedure = hand.kept.procedure
        made = saying.letter(procedure, stream.read(tip, private), hand.box.unit)
        data = files.render(procedure.templates[saying.HAND_OVER], made)
        stream.held(w, tip).add({"kind": "printed", "at": now.isoformat(), "post": actor.post})
    return data


def sheet(*, actor: Actor, box: int, typed: str, now: datetime) -> bytes:
    """A half as one page for its envelope, as PDF, from the lines that its own holder was shown.

    The lines come with the request and are kept nowhere. Errors: TipNotFoundError, PaperError for lines that
    are not the post's own half.
    """
    row, side, half = holding.typed_half(actor, box, typed)
    procedure = keeping.pack(now)
    return files.render(
        procedure.templates[RECOVERY], _sheet(procedure.documents[RECOVERY].title.zh, row, side, half, now)
    )


def _sheet(title: str, row: SealedBox, side: str, half: bytes, now: datetime) -> Paper:
    held = {one.id: one.title for one in posts.posts(row.unit, now.date())}
    answers = {
        "box": Answer("启封箱", f"第{row.pk}号"),
        "side": Answer("哪一半", SIDES[side]),
        "post": Answer("保管岗位", held.get(getattr(row, side), "")),
        "lines": Answer("恢复纸", columns=("",), rows=tuple((line,) for line in on_paper(half))),
    }
    return Paper(
        title, "", 1, now, Issuer(unit_name(row.unit)), About("", "", title, "", "", ""), "", answers=answers
    )


def statement(*, receipt: str, now: datetime) -> bytes:
    """What its reporter wrote, as PDF to hand in, where the tip ended on paper.

    Errors: ReceiptNotFoundError, also where it did not; those of ``files.service.render``.
    """
    tip = receipts.found(receipt)
    with reading(REPORTER, ids=[tip]):
        row = SealedTip.objects.get(pk=tip)
        kept = keeping.of(row)
        if row.talk is None or kept.case.outcome != "on_paper":
            raise ReceiptNotFoundError
        pieces = stream.read_told(tip, talking.talk_of(row, receipt))
    title = kept.procedure.documents[STATEMENT].title.zh
    about = About("", "", title, "", "", "")
    made = Paper(title, "", 1, now, Issuer(""), about, "", answers=saying.own_words(pieces))
    return files.render(kept.procedure.templates[STATEMENT], made)
