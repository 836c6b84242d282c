"""Documents that print what nobody gives: a template's names, and what a document says it is filled with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from gantang.engine.check.say import finding
from gantang.engine.language.reading import hint
from gantang.engine.model import Document, Finding, Place, Procedure, Words

#: What a template asks an answer by, and whether it says itself what stands where there is none.
_ASKED = re.compile(r"\b(given|text-of|title-of|table-of)\(\s*\"([^\"]*)\"(\s*,\s*empty\s*:)?")


def papers(procedure: Procedure, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """What a document would print as not filled in; those of sealed work print what its holders read."""
    for document in procedure.documents.values():
        text = procedure.templates.get(document.name)
        if text is not None and not procedure.sealed:
            yield from strange_names(procedure, document, text)
        yield from never_filled(procedure, document, text or "", others)
        yield from miscounted(procedure, document, others)


def strange_names(procedure: Procedure, document: Document, text: str) -> Iterator[Finding]:
    """Names in a template that its document is not filled with."""
    for name, line in _names(text).items():
        if name not in document.uses:
            yield finding(
                "gap",
                Place(template_file(procedure, document.name), line),
                f"{procedure.name}/documents/{document.name}/{name}",
                Words(
                    f"模板用到 {name}，文书 {document.name} 却没有填它：印出来是空的。",
                    f"The template prints {name}, which the document {document.name} is not filled with:"
                    " it would stay empty.",
                ),
                hint(name, document.uses) if document.uses else _USES,
            )


_USES = Words("在这份文书的 uses 里写上它，或从模板删去。", "Name it under the document's uses, or drop it.")


def never_filled(
    procedure: Procedure, document: Document, text: str, others: Mapping[str, Procedure]
) -> Iterator[Finding]:
    """Fields a document is filled with that no move asks, no form, and no matter that opens it hands down."""
    given = {ask.field for move in procedure.moves.values() for ask in move.asks}
    given |= {*procedure.form.fields, *_handed_down(procedure, others)}
    excused = {name for _how, name, empty in _ASKED.findall(text) if empty}
    for name in document.uses:
        if name in procedure.fields and name not in given | excused:
            yield finding(
                "gap",
                document.place,
                f"{procedure.name}/documents/{document.name}",
                Words(
                    f"文书 {document.name} 要填 {name}，却没有动作问它。",
                    f"The document {document.name} is filled with {name}, which no move asks.",
                ),
                Words(
                    "让一个动作在 asks 里问它，或在模板里写明空着时印什么（empty:）。",
                    "Let a move ask it, or say in the template what stands where it is empty (empty:).",
                ),
            )


def miscounted(
    procedure: Procedure, document: Document, others: Mapping[str, Procedure]
) -> Iterator[Finding]:
    """Figures of children that this procedure never opens, split by what they have not, or shown outside."""
    if not document.children:
        return
    opened = {move.opens.procedure for move in procedure.moves.values() if move.opens is not None}
    child = others.get(document.children)
    field = child.fields.get(document.by) if child is not None else None
    where = f"{procedure.name}/documents/{document.name}"
    if document.children not in opened:
        said = Words(
            f"文书 {document.name} 要数 {document.children}，这里却没有动作开它。",
            f"The document {document.name} counts {document.children}, which no move here opens.",
        )
        yield finding("gap", document.place, where, said, hint(document.children, opened))
    elif document.by and (field is None or field.kind != "choice"):
        said = Words(
            f"文书 {document.name} 按 {document.by} 分行，{document.children} 却没有这个选项字段。",
            f"The document {document.name} splits by {document.by}, no choice of {document.children}.",
        )
        choices = [one.name for one in child.fields.values() if one.kind == "choice"] if child else []
        yield finding("gap", document.place, where, said, hint(document.by, choices))
    if document.audience != "staff":
        said = Words(
            f"文书 {document.name} 把子事项的件数给了外人：数小时看得出是谁。",
            f"The document {document.name} shows figures of children outside: small ones tell of people.",
        )
        remedy = Words("写上 for: staff，或删去 children。", "Write for: staff, or drop children.")
        yield finding("leak", document.place, where, said, remedy)


def _names(text: str) -> dict[str, int]:
    """Each name a template asks for, with the line it first stands in; comments apart."""
    found: dict[str, int] = {}
    for line, words in enumerate(text.splitlines(), 1):
        for _how, name, _empty in _ASKED.findall(words.partition("//")[0]):
            found.setdefault(name, line)
    return found


def _handed_down(procedure: Procedure, others: Mapping[str, Procedure]) -> set[str]:
    """The columns of rows for which another procedure opens this one."""
    rows = [
        (one, move.opens.each)
        for one in others.values()
        for move in one.moves.values()
        if move.opens is not None and move.opens.procedure == procedure.name and move.opens.each
    ]
    return {column.name for one, each in rows if each in one.fields for column in one.fields[each].columns}


def template_file(procedure: Procedure, name: str) -> str:
    """Where the template lies: beside the procedure, or beside the folder it lies in."""
    folder = PurePosixPath(procedure.place.file).parent
    root = folder.parent if folder.name in ("procedures", "variants") else folder
    return str(root / "documents" / f"{name}.typ")
