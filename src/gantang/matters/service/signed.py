"""The page of signatures: who signed an agreement, how, when, before whom, with what was drawn."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gantang.files.types import Answer, Paper
from gantang.kit import clock
from gantang.matters.models import Document, Matter, Signature
from gantang.matters.rules.sessions import AGREEMENT, HIGH, MEDIATOR, WIDE
from gantang.matters.rules.written import number
from gantang.posts import queries as posts
from gantang.vault import service as vault

WAYS = {"screen": "在屏幕上签名", "presence": "当面确认，由工作人员记下", "paper": "在纸上签名，原页附卷"}
COLUMNS = ("签名人", "签名", "时间", "见证")


def beside(paper: Paper, row: Matter) -> Paper:
    """The paper with the signatures on the standing agreement; a line names the picture that was drawn."""
    rows = Document.objects.filter(city=row.city, matter_id=row.id, kind=AGREEMENT, superseded_at=None)
    agreement = rows.order_by("-version").first()
    if agreement is None:
        return paper
    found = Signature.objects.filter(city=row.city, matter_id=row.id, document=agreement.id)
    lines: list[tuple[str, ...]] = []
    pictures: list[bytes] = []
    for one in sorted(found, key=lambda each: (each.signer == MEDIATOR, len(each.signer), each.signer)):
        opened = _opened(one)
        minor = any(each.minor and f"party:{each.no}" == one.signer for each in paper.people)
        if minor:  # masked in every document, and so is what a minor wrote
            opened.pop("strokes", None)
        drawn = str(len(pictures)) if "strokes" in opened else ""
        pictures += [drawing(opened["strokes"])] if drawn else []
        lines.append((_who(paper, one), WAYS[one.way], _at(one), _witness(one, opened), drawn))
    said = number(agreement.made_at, agreement.serial, agreement.sign)
    answers = {
        "signatures": Answer("签名", columns=(*COLUMNS, ""), rows=tuple(lines)),
        "of": Answer("协议", f"{said}第{agreement.version}版" if said else f"第{agreement.version}版"),
        "mac": Answer("协议校验值", bytes(agreement.mac).hex()),
    }
    return replace(paper, answers=answers, pictures=tuple(pictures))


def drawing(strokes: Sequence[Sequence[Sequence[int]]]) -> bytes:
    """What was drawn, as a PNG."""
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (WIDE, HIGH), 255)
    pen = ImageDraw.Draw(sheet)
    for stroke in strokes:
        points = [(int(x), int(y)) for x, y in stroke]
        pen.line(points if len(points) > 1 else points * 2, fill=20, width=6, joint="curve")
    made = io.BytesIO()
    sheet.save(made, "PNG")
    return made.getvalue()


def _opened(one: Signature) -> dict[str, Any]:
    if one.entry is None:
        return {}
    text = vault.open_for_system(city=one.city, matter=one.matter_id, entry=one.entry)
    opened: dict[str, Any] = json.loads(str(text))
    return opened


def _who(paper: Paper, one: Signature) -> str:
    if one.signer == MEDIATOR:
        return f"调解员（{posts.post_words([one.post]).get(one.post, '')}）" if one.post else "调解员"
    person = next((each for each in paper.people if f"party:{each.no}" == one.signer), None)
    return f"{person.role_title} {person.name}".strip() if person else "当事人"


def _at(one: Signature) -> str:
    at = one.signed_at.astimezone(clock.ZONE)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _witness(one: Signature, opened: dict[str, Any]) -> str:
    if "witness" in opened:
        return str(opened["witness"])
    return posts.post_words([one.witness_post]).get(one.witness_post, "") if one.witness_post else ""
