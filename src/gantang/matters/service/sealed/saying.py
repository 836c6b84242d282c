"""What the papers of a tip say: from its pieces, in words. The reporter's own name is on none of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

from gantang.engine import Procedure
from gantang.files import service as files
from gantang.files.types import About, Answer, Issuer, Paper
from gantang.matters.errors import TipNotFoundError
from gantang.matters.rules import written
from gantang.matters.service.paper import unit_name
from gantang.matters.service.sealed.stream import Piece
from gantang.territory import queries as territory

HAND_OVER = "hand_over"
LEVELS = ("unknown", "province", "city", "county", "township", "village")


def letter(procedure: Procedure, pieces: Sequence[Piece], unit: int) -> Paper:
    """The letter of the latest hand-over, as it stood at that moment: asked for again, it is the same.

    Errors: TipNotFoundError where nothing was handed over.
    """
    known, moves = list(pieces), [place for place, one in enumerate(pieces) if is_handed_over(one)]
    if not moves:
        raise TipNotFoundError
    last = known[moves[-1]].head["data"]
    typed = list(takewhile(lambda one: one.head.get("move") == HAND_OVER, known[moves[-1] + 1 :]))
    before = known[: moves[-1]]
    pictures = tuple(files.for_print(one.body) for one in before if one.head["kind"] == "picture")
    return Paper(
        title=procedure.documents[HAND_OVER].title.zh,
        number=_typed(typed, "letter"),
        version=len(moves),
        made_at=datetime.fromisoformat(last["at"]),
        unit=Issuer(unit_name(unit)),
        matter=_about(procedure, last),
        link="",
        answers=_answers(procedure, before, {**last["answers"], "organ": _typed(typed, "organ")}),
        pictures=pictures,
    )


def is_handed_over(piece: Piece) -> bool:
    """Whether a piece is the step of a hand-over."""
    return piece.head.get("name") == "moved" and piece.head["data"]["move"] == HAND_OVER


def _typed(pieces: Sequence[Piece], field: str) -> str:
    return next((one.body.decode().strip() for one in pieces if one.head.get("field") == field), "")


def _about(procedure: Procedure, step: dict[str, Any]) -> About:
    """No number, no class, no place of its own: only until when the slip is to come back."""
    until = {"record_slip": written.last_day(datetime.fromisoformat(step["clock"]["due"]))}
    return About("", "", procedure.title.zh, "", "", "", until=until)


def _answers(procedure: Procedure, pieces: Sequence[Piece], given: dict[str, Any]) -> dict[str, Answer]:
    tip = next(one for one in pieces if one.head["kind"] == "tip")
    said = _of_reporter(pieces)
    kinds = {option.code: option.words.zh for option in procedure.form.fields["kind"].options}
    fields = {name: procedure.fields[name] for name in ("authority", "organ", "way")}
    asked = {
        name: Answer(one.title.zh, written.words(one, given.get(name), {})) for name, one in fields.items()
    }
    photos = sum(one.head["kind"] == "picture" for one in pieces)
    return {
        **asked,
        "kind": Answer("线索类别", kinds.get(tip.head["of"], "")),
        "told_on": Answer("收到日期", written.day(said[0].head["at"])),
        "pieces": _counted(len(said) - 1, photos),
        "count": Answer("件数", f"应有{len(said) + photos}件，实收"),
        "accused": Answer("举报的是谁", columns=("项目", "内容"), rows=tuple(accused(procedure, tip))),
        **own_words(pieces),
    }


def own_words(pieces: Sequence[Piece]) -> dict[str, Answer]:
    """What the reporter wrote at first, and what was added later with its day."""
    first, *later = _of_reporter(pieces)
    rows = tuple((written.day(one.head["at"]), one.body.decode()) for one in later)
    return {
        "words": Answer("举报内容", first.body.decode()),
        "added": Answer("后来补充", columns=("日期", "内容"), rows=rows),
    }


def _of_reporter(pieces: Sequence[Piece]) -> list[Piece]:
    return [one for one in pieces if one.head["kind"] == "words" and one.head["by"] == "reporter"]


def _counted(added: int, photos: int) -> Answer:
    """How many pieces are handed over, each kind by itself."""
    kinds = (("举报内容", 1, "份"), ("补充材料", added, "份"), ("照片", photos, "张"))
    rows = tuple((what, f"{number}{unit}") for what, number, unit in kinds if number)
    return Answer("件数", columns=("移送材料", "件数"), rows=rows)


def accused(procedure: Procedure, tip: Piece) -> Iterator[tuple[str, str]]:
    """Whom the tip names, as far as it does, with the titles of the form."""
    form, head = procedure.form.fields, tip.head
    levels = {option.code: option.words.zh for option in form["accused"].options}
    told = {
        "accused": levels[LEVELS[head["level"] or 0]],
        "accused_unit": unit_name(head["unit"]),
        "accused_name": head["who"],
        "place": " ".join(territory.path(head["place"])[1:]) if head["place"] else "",
    }
    yield from ((form[name].title.zh, value) for name, value in told.items() if value)
