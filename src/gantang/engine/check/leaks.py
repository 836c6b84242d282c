"""Leaks: fields of the vault in counts, lists, search, in texts and documents for others, and where what is
open follows from their answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gantang.engine.check.say import finding, place_of
from gantang.engine.model import PEOPLE_DUTIES, Finding, Move, Place, Procedure, Words

PARTS = {
    "counts": Words("统计", "counts"),
    "lists": Words("列表", "lists"),
    "search": Words("搜索", "search"),
}
_DECIDES = Words("期限、结果、条件或下级事项", "a period, an outcome, a guard or a child matter")
_SLOT = re.compile(r"\{\{?\s*([A-Za-z_][\w.]*)|%\(([A-Za-z_][\w.]*)\)")


def leaks(procedure: Procedure) -> Iterator[Finding]:
    vault = vault_fields(procedure)
    for part, what in PARTS.items():
        for name in getattr(procedure, part):
            if name in vault:
                place = place_of(procedure.places.get(f"{part}/{name}"), vault[name], procedure=procedure)
                yield _leak(procedure, name, place, f"{procedure.name}/{part}", what)
    for text, words in procedure.texts.items():
        for name in sorted(slots(words) & vault.keys()):
            what = Words(f"文案 {text}", f"the text {text}")
            place = place_of(procedure.places.get(f"texts/{text}"), vault[name], procedure=procedure)
            yield _leak(procedure, name, place, f"{procedure.name}/texts/{text}", what)
    yield from in_documents(procedure)
    yield from in_the_feed(procedure)
    for name, where, place in deciding(procedure):
        if name in vault:
            yield _leak(procedure, name, place, f"{procedure.name}/{where}", _DECIDES)


def deciding(procedure: Procedure) -> Iterator[tuple[str, str, Place]]:
    """(field, where, place) of each answer that something open follows from."""
    if procedure.total is not None and procedure.total.by:
        yield procedure.total.by, "clock", procedure.total.place
    for state in procedure.states.values():
        if state.within is not None and state.within.by:
            yield state.within.by, f"states/{state.name}", state.within.place
    for move in procedure.moves.values():
        yield from ((name, f"moves/{move.name}", move.place) for name in _by_move(move) if name)


def _by_move(move: Move) -> Iterator[str | None]:
    yield move.outcome_by
    yield move.until.by if move.until is not None else None
    yield from (guard.args[0] for guard in move.needs if guard.name == "chosen" and guard.args)
    if move.opens is not None:
        yield from (move.opens.klass, move.opens.ground, move.opens.unit)


def in_documents(procedure: Procedure) -> Iterator[Finding]:
    """Fields of the vault in what everybody may read, and those of one person in papers of another."""
    for name, document in procedure.documents.items():
        for used in document.uses:
            field = procedure.fields[used]
            others = field.of in PEOPLE_DUTIES and document.audience in PEOPLE_DUTIES
            if field.vault and (document.audience == "public" or (others and field.of != document.audience)):
                what = Words(
                    f"给 {document.audience} 的文书 {name}",
                    f"the document {name} for the {document.audience}",
                )
                yield _leak(procedure, used, document.place, f"{procedure.name}/documents/{name}", what)


def in_the_feed(procedure: Procedure) -> Iterator[Finding]:
    """Fields of the vault in what is stated to everybody."""
    for name in procedure.feed.fields if procedure.feed is not None else ():
        if procedure.fields[name].vault:
            place = procedure.feed.place if procedure.feed is not None else procedure.place
            what = Words("对外公布的内容", "what is stated to everybody")
            yield _leak(procedure, name, place, f"{procedure.name}/feed", what)


def vault_fields(procedure: Procedure) -> dict[str, Place]:
    """Fields that live in the vault, each with the place where it is declared."""
    fields = {**procedure.form.fields, **procedure.fields}
    return {name: field.place for name, field in fields.items() if field.vault}


def slots(words: Words) -> set[str]:
    """The names that a text fills in: `{name}`, `{{ name }}` or `%(name)s`; of `form.name` the last part."""
    found = (one or other for text in (words.zh, words.en) for one, other in _SLOT.findall(text))
    return {name.rsplit(".", 1)[-1] for name in found}


def _leak(procedure: Procedure, name: str, place: Place, where: str, what: Words) -> Finding:
    return finding(
        "leak",
        place,
        where,
        Words(f"保险库字段 {name} 出现在{what.zh}里。", f"The vault field {name} is used in {what.en}."),
        Words(
            f"从{what.zh}里去掉 {name}；需要的内容改用不进保险库的选项字段。",
            f"Take {name} out of {what.en}; what is needed there should be a choice outside the vault.",
        ),
    )
