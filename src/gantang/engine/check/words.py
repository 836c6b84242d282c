"""Words: a state, move, reason or text without its zh-Hans or en wording."""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.say import finding
from gantang.engine.model import Field, Finding, Place, Procedure, Words

Spoken = tuple[str, Words, Place]


def missing_words(procedure: Procedure) -> Iterator[Finding]:
    for where, words, place in spoken(procedure):
        lacking = [lang for lang, text in (("zh-Hans", words.zh), ("en", words.en)) if not text.strip()]
        if lacking:
            yield _missing(procedure, where, lacking, place)


def spoken(procedure: Procedure) -> Iterator[Spoken]:
    """Everything that people read, with where it belongs."""
    yield "title", procedure.title, procedure.place
    for name, state in procedure.states.items():
        yield f"states/{name}", state.title, state.place
    for name, move in procedure.moves.items():
        yield f"moves/{name}", move.title, move.place
        if move.because is not None:
            yield f"moves/{name}/because", move.because, move.place
    for name, words in procedure.outcomes.items():
        yield f"outcomes/{name}", words, _end_place(procedure, name)
    for name, field in {**procedure.form.fields, **procedure.fields}.items():
        yield from _of_field(procedure, name, field)
    yield from _of_papers(procedure)
    for name, words in procedure.texts.items():
        yield f"texts/{name}", words, procedure.place


def _of_papers(procedure: Procedure) -> Iterator[Spoken]:
    """Documents, and the pieces of the case file that are none."""
    for name, document in procedure.documents.items():
        yield f"documents/{name}", document.title, document.place
    for piece in procedure.case_file:
        if piece.name not in procedure.documents:
            yield f"pieces/{piece.name}", piece.title, piece.place


def _end_place(procedure: Procedure, outcome: str) -> Place:
    return next(
        (state.place for state in procedure.states.values() if outcome in state.ends), procedure.place
    )


def _of_field(procedure: Procedure, name: str, field: Field) -> Iterator[Spoken]:
    if not field.place.line and name == "outcome":
        return
    place = field.place if field.place.line else procedure.place
    yield f"fields/{name}", field.title, place
    if field.help is not None and (field.help.zh or field.help.en):
        yield f"fields/{name}/help", field.help, place
    for option in field.options:
        yield f"fields/{name}/{option.code}", option.words, place
    for column in field.columns:
        yield from _of_field(procedure, f"{name}/{column.name}", column)


def _missing(procedure: Procedure, where: str, lacking: list[str], place: Place) -> Finding:
    langs = Words("、".join(lacking), " and ".join(lacking))
    return finding(
        "words",
        place,
        f"{procedure.name}/{where}",
        Words(f"{where} 缺少 {langs.zh} 的文字。", f"{where} has no wording in {langs.en}."),
        Words(
            "在原处或 texts/ 里补上两种语言的文字。",
            "Give it both wordings, in place or under texts/.",
        ),
    )
