"""The case file of a matter (卷宗) as one PDF: cover, index, what was issued, what was attached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from gantang.engine import Procedure
from gantang.engine.model import Piece
from gantang.files import queries as stored
from gantang.files.service import bind, leaf
from gantang.files.types import About, CaseFile, Filed, Issuer, Paper
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Attachment, Document, Matter
from gantang.matters.queries.finding import seen
from gantang.matters.rules import written
from gantang.matters.rules.declared import OWN
from gantang.matters.rules.sessions import AGREEMENT, PAGE
from gantang.matters.rules.sight import party_of
from gantang.procedures import queries as procedures
from gantang.vault import service as vault

LACKING, NONE, BESIDE, PERHAPS, TOO_MUCH = "缺", "无", "另附", "见附件", "案卷已满，另存"
#: More attachments than this, in bytes as bound, do not go into one file: it is made in the memory.
ROOM = 100_000_000
KINDS = {"image": "图片", "audio": "录音", "video": "录像", "application/pdf": "PDF文件"}


def case_file(actor: Actor, matter: UUID, *, now: datetime) -> bytes:
    """The case file for the staff; each document in it counts as read. What of the attachments is a picture
    or a PDF is bound in, the rest is named.

    Errors: MatterNotFoundError, also where the procedure keeps no case file.
    """
    with reading(actor):
        row, _duties = seen(actor, matter)
        procedure = procedures.by_hash(row.procedure_hash)
        if party_of(actor) is not None or not procedure.case_file:
            raise MatterNotFoundError
        papers = _standing(row)
        paper = _paper(row, procedure, now)
        cover = tuple(_cover(row, paper.matter, procedure))
        rows = Attachment.objects.filter(city=row.city, matter_id=row.id)
        attached = list(rows.order_by("added_at", "id"))
    found = _Found(actor, procedure, papers, bool(attached), now)
    pieces = [filed for one in procedure.case_file for filed in _piece(found, one)]
    return bind(CaseFile(paper, cover, (*pieces, *_annexes(attached))))


@dataclass(frozen=True, slots=True)
class _Found:
    """Who asks when, and what the matter has."""

    actor: Actor
    procedure: Procedure
    papers: list[Document]
    has_annexes: bool
    now: datetime


def _standing(row: Matter) -> list[Document]:
    return list(
        Document.objects.filter(city=row.city, matter_id=row.id, superseded_at=None).order_by("version")
    )


def _piece(of: _Found, piece: Piece) -> list[Filed]:
    """What stands of that name, in order of making; a line of its own where there is nothing."""
    names = {piece.name, PAGE} if piece.name == AGREEMENT else {piece.name}
    found = [_filed(of.actor, piece, one, of.now) for one in of.papers if one.kind in names]
    return found or [Filed(piece.title.zh, remark=_remark(of, piece))]


def _remark(of: _Found, piece: Piece) -> str:
    """Why there are no pages: which attachment is which piece, nobody has said."""
    if piece.name in of.procedure.documents:
        return LACKING if piece.required else NONE
    if piece.required:
        return f"{BESIDE}或{PERHAPS}" if of.has_annexes else BESIDE
    return f"如有，{PERHAPS}" if of.has_annexes else NONE


def _filed(actor: Actor, piece: Piece, one: Document, now: datetime) -> Filed:
    data = vault.open_document(
        actor=actor,
        city=one.city,
        matter=one.matter_id,
        document=one.id,
        sealed=stored.read(one.stored),
        now=now,
    )
    remark = f"第{one.version}份" if one.version > 1 else ""
    title = f"{piece.title.zh}{OWN[one.kind].title.zh}" if one.kind in OWN else piece.title.zh
    return Filed(title, written.number(one.made_at, one.serial, one.sign), remark, data)


def _annexes(rows: Iterable[Attachment]) -> Iterator[Filed]:
    """What was attached, each by kind and day, as pages where it has any."""
    from gantang.matters.service.attachments import data_of

    room = ROOM
    for number, one in enumerate(rows, start=1):
        kind = KINDS.get(one.media) or KINDS.get(one.media.partition("/")[0], "文件")
        title = f"附件{number}：{kind}，{written.day(one.added_at)}"
        filed = leaf(title, data_of(one), one.media)
        if len(filed.data) > room:
            filed = Filed(title, remark=TOO_MUCH)
        room -= len(filed.data)
        yield filed


def _paper(row: Matter, procedure: Procedure, now: datetime) -> Paper:
    from gantang.matters.service.paper import about_masked, unit_name

    unit, matter = Issuer(unit_name(row.unit or row.owner_unit)), about_masked(row, procedure)
    return Paper(f"{procedure.title.zh}案卷", "", 1, now, unit, matter, str(settings.GANTANG_URL))


def _cover(row: Matter, matter: About, procedure: Procedure) -> Iterator[tuple[str, str]]:
    """The lines of the cover; those that the house numbers and signs by hand are empty."""
    outcome = procedure.outcomes.get(row.outcome)
    yield "卷名", matter.gist
    yield "卷号", ""
    yield "事项编号", matter.number
    yield "类别", matter.class_name
    yield "地点", matter.place
    yield "承办单位", matter.handler
    yield "受理日期", matter.opened
    yield "办结日期", written.day(row.ended_at) if row.ended_at else "未办结"
    yield "结果", outcome.zh if outcome else "未办结"
    yield "保管期限", procedure.keep.after_close.words("zh") if procedure.keep else ""
    yield "立卷人", ""
