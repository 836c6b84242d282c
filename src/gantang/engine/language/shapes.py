"""What a procedure is for others: opened by campaigns, a gate, and the documents it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gantang.engine.language.keys import known, needed
from gantang.engine.model import (
    AUDIENCES,
    CAMPAIGN_EACH,
    STATED,
    Campaign,
    Document,
    Feed,
    Gate,
    Piece,
    Words,
)
from gantang.engine.time.span import Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.language.wording import Wording
    from gantang.engine.model import Field

OUTCOME = Words("结果", "outcome")


def read_campaign(reading: Reading, node: Node | None, outcomes: Collection[str]) -> Campaign | None:
    if node is None:
        return None
    entries = reading.mapping(node, known("campaign"), needed("campaign"))
    each = reading.all_of(entries.get("each"), CAMPAIGN_EACH, Words("开启单位", "thing to open it for"))
    zero = reading.all_of(entries.get("zero"), outcomes, OUTCOME, kind="gap")
    return Campaign(each, zero, node.place)


def read_gate(reading: Reading, node: Node | None, outcomes: Collection[str]) -> Gate | None:
    if node is None:
        return None
    entries = reading.mapping(node, known("gate"), needed("gate"))
    opens = reading.all_of(entries.get("opens"), outcomes, OUTCOME, kind="gap")
    return Gate(opens, reading.flag(entries.get("once"), False), node.place)


def read_feed(
    reading: Reading, node: Node | None, states: Collection[str], fields: Mapping[str, Field]
) -> Feed | None:
    """Fields of the vault are the checker's; kinds that are no single value are told of here."""
    if node is None:
        return None
    entries = reading.mapping(node, known("feed"), needed("feed"))
    named = reading.all_of(entries.get("states"), states, Words("状态", "state"), kind="gap")
    wanted = reading.all_of(entries.get("fields"), fields, Words("字段", "field"), kind="gap")
    for name in wanted:
        if not fields[name].vault and fields[name].kind not in STATED:
            _unstated(reading, entries["fields"], name)
    span = reading.span(entries.get("expires"))
    if span is not None and span.unit not in (Unit.HOURS, Unit.DAYS):
        reading.fault(
            entries["expires"],
            Words("公布的期限只能是小时或天。", "A feed expires after hours or days."),
            Words("例如 24 hours。", "For example 24 hours."),
        )
        return None
    return None if span is None else Feed(named, wanted, span, node.place)


def _unstated(reading: Reading, node: Node, name: str) -> None:
    reading.fault(
        node,
        Words(
            f"字段“{name}”的种类不能对外公布。",
            f"Field “{name}” is of a kind that is not stated to everybody.",
        ),
        Words(f"只写这些种类的字段：{'、'.join(STATED)}。", f"Name fields of kind {', '.join(STATED)}."),
        mended=True,
    )


def read_documents(
    reading: Reading, node: Node | None, fields: Mapping[str, Field], wording: Wording
) -> dict[str, Document]:
    if node is None:
        return {}
    return {
        name: _document(reading, name, child, fields, wording)
        for name, child in reading.mapping(node).items()
    }


def _document(
    reading: Reading, name: str, node: Node, fields: Mapping[str, Field], wording: Wording
) -> Document:
    entries = reading.mapping(node, known("document"), needed("document"))
    return Document(
        name,
        wording.at("documents", name, inline=entries.get("title")),
        reading.one_of(entries.get("for"), AUDIENCES, Words("对象", "person")) or "",
        reading.all_of(entries.get("uses"), fields, Words("字段", "field"), kind="gap"),
        node.place,
        reading.text(entries["children"]) if "children" in entries else "",
        reading.text(entries["by"]) if "by" in entries else "",
    )


def read_case_file(
    reading: Reading, node: Node | None, documents: Mapping[str, Document], wording: Wording
) -> tuple[Piece, ...]:
    """The pieces in order; one that is no document of the procedure has its own title."""
    found = []
    for word, part in reading.words(node):
        name = word.removesuffix("?")
        title = documents[name].title if name in documents else wording.at("pieces", name)
        found.append(Piece(name, title, not word.endswith("?"), part.place))
    return tuple(found)
