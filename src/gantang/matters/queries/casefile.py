"""The case file of a matter (卷宗) as one PDF: cover, index, what was issued, what was attached by name."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.conf import settings

from gantang.engine import Procedure
from gantang.engine.model import Piece
from gantang.files import queries as stored
from gantang.files.service import bind
from gantang.files.types import CaseFile, Filed, Issuer, Paper
from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.matters.errors import MatterNotFoundError
from gantang.matters.models import Attachment, Document, Matter
from gantang.matters.queries.finding import seen
from gantang.matters.rules import written
from gantang.matters.rules.sight import party_of
from gantang.procedures import queries as procedures
from gantang.vault import service as vault

LACKING, NONE, BESIDE, ATTACHED = "缺", "无", "另附", "附件"


def case_file(actor: Actor, matter: UUID, *, now: datetime) -> bytes:
    """The case file for the staff; each document in it counts as read.

    Errors: MatterNotFoundError, also where the procedure keeps no case file.
    """
    with reading(actor, ids=[matter]):
        row, _duties = seen(actor, matter)
        procedure = procedures.by_hash(row.procedure_hash)
        if party_of(actor) is not None or not procedure.case_file:
            raise MatterNotFoundError
        papers = _standing(row)
        paper, cover = _paper(row, procedure, now), tuple(_cover(row, procedure))
        annexes = [*_annexes(row)]
    pieces = [filed for one in procedure.case_file for filed in _piece(actor, one, papers, procedure, now)]
    return bind(CaseFile(paper, cover, (*pieces, *annexes)))


def _standing(row: Matter) -> list[Document]:
    return list(
        Document.objects.filter(city=row.city, matter_id=row.id, superseded_at=None).order_by("version")
    )


def _piece(
    actor: Actor, piece: Piece, papers: list[Document], procedure: Procedure, now: datetime
) -> list[Filed]:
    """What stands of that name, in order of making; a line of its own where there is nothing."""
    found = [_filed(actor, piece, one, now) for one in papers if one.kind == piece.name]
    if found:
        return found
    lacking = LACKING if piece.name in procedure.documents else BESIDE
    return [Filed(piece.title.zh, remark=lacking if piece.required else NONE)]


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
    return Filed(piece.title.zh, written.number(one.made_at, one.serial), remark, data)


def _annexes(row: Matter) -> Iterator[Filed]:
    """What was attached, by kind and day: its bytes stay where they are."""
    rows = Attachment.objects.filter(city=row.city, matter_id=row.id).order_by("id")
    for number, one in enumerate(rows, start=1):
        kind = "图片" if one.media.startswith("image/") else "文件"
        yield Filed(f"{ATTACHED}{number}：{kind}，{written.day(one.added_at)}", remark=ATTACHED)


def _paper(row: Matter, procedure: Procedure, now: datetime) -> Paper:
    from gantang.matters.service.paper import about, unit_name

    unit, matter = Issuer(unit_name(row.unit or row.owner_unit)), about(row, procedure)
    return Paper(f"{procedure.title.zh}案卷", "", 1, now, unit, matter, str(settings.GANTANG_URL))


def _cover(row: Matter, procedure: Procedure) -> Iterator[tuple[str, str]]:
    from gantang.matters.service.paper import about

    matter = about(row, procedure)
    yield "卷名", row.gist
    yield "事项编号", matter.number
    yield "类别", matter.class_name
    yield "地点", matter.place
    yield "受理日期", matter.opened
    yield "办结日期", written.day(row.ended_at) if row.ended_at else "未办结"
    outcome = procedure.outcomes.get(row.outcome)
    yield "结果", outcome.zh if outcome else ""
    yield "保管期限", procedure.keep.after_close.words("zh") if procedure.keep else ""
