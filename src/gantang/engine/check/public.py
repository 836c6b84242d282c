"""Papers for everybody: closed answers alone, and somebody else has looked before they go out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gantang.engine.check.hands import others_than
from gantang.engine.check.papers import template_file
from gantang.engine.check.say import at_move, finding
from gantang.engine.model import STATED, Document, Finding, Place, Procedure, Words

#: What only the office reads of a matter: its gist, its place, its people, who handles it.
_INSIDE = re.compile(
    r"\bit\.matter\.(gist|place|handler|turn)\b|\bit\.(people)\b|\b(people-table|people|addressee)\b"
)


def public_papers(procedure: Procedure) -> Iterator[Finding]:
    for document in procedure.documents.values():
        if document.audience == "public":
            yield from open_answers(procedure, document)
            yield from of_the_office(procedure, document)
            yield from unseen(procedure, document)


def open_answers(procedure: Procedure, document: Document) -> Iterator[Finding]:
    """Lists, files and whatever else is no single closed answer; what is in the vault `leaks` tells."""
    for name in document.uses:
        field = procedure.fields.get(name)
        if field is not None and field.kind not in STATED and not field.vault:
            said = Words(
                f"给公众的文书 {document.name} 印 {name}（{field.kind}）：不是一个封闭的答案。",
                f"The document {document.name} for everybody prints {name}, a {field.kind}:"
                " no single closed answer.",
            )
            yield finding("leak", document.place, _where(procedure, document), said, _STAFF)


def of_the_office(procedure: Procedure, document: Document) -> Iterator[Finding]:
    """The gist, the place, the people: of the matter's own, what only the office reads."""
    told: set[str] = set()
    for line, words in enumerate(procedure.templates.get(document.name, "").splitlines(), 1):
        for found in _INSIDE.finditer(words.partition("//")[0]):
            what = found[0]
            if what not in told:
                told.add(what)
                yield finding(
                    "leak",
                    Place(template_file(procedure, document.name), line),
                    _where(procedure, document),
                    Words(
                        f"给公众的文书 {document.name} 印 {what}：那是单位内部看的。",
                        f"The document {document.name} for everybody prints {what},"
                        " which only the office reads.",
                    ),
                    _STAFF,
                )


def unseen(procedure: Procedure, document: Document) -> Iterator[Finding]:
    """What goes out to everybody by one hand: no move that sets it asks for somebody else."""
    for move in procedure.moves.values():
        if document.name in move.documents and not others_than(move):
            yield finding(
                "self-check",
                move.place,
                at_move(procedure, move.name),
                Words(
                    f"给公众的文书 {document.name} 由动作 {move.name} 出具，一个人就能发出去。",
                    f"The document {document.name} goes out to everybody by {move.name}, made by one alone.",
                ),
                Words(
                    "给这个动作写上 other_than(…)：另一个人看过才公开；或改成 for: staff。",
                    "Let the move need other_than(…), so that another has looked; or write for: staff.",
                ),
            )


def _where(procedure: Procedure, document: Document) -> str:
    return f"{procedure.name}/documents/{document.name}"


_STAFF = Words("从文书里去掉它，或改成 for: staff。", "Take it out of the document, or write for: staff.")
