"""Fields: what a form asks of the reporter, and what moves ask of whoever makes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gantang.engine.language.keys import known, needed
from gantang.engine.model import (
    FIELD_KINDS,
    NOWHERE,
    SUPERVISION,
    VAULT_KINDS,
    Field,
    Form,
    Option,
    Words,
)

if TYPE_CHECKING:
    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.language.wording import Wording

#: Whom a field is about, and of whom it is asked.
OF = ("reporter", "party", "staff")
#: Kinds that a column may have.
COLUMN_KINDS = tuple(kind for kind in FIELD_KINDS if kind not in ("rows", "files"))
_LEVELS = (Words("普通督办", "ordinary"), Words("黄牌督办", "yellow card"), Words("红牌督办", "red card"))


def _staff(name: str, kind: str, zh: str, en: str, *options: Option) -> Field:
    return Field(name, kind, Words(zh, en), options, of="staff", place=NOWHERE)


#: Fields that every procedure may ask for without declaring them.
BUILT_IN: dict[str, Field] = {
    one.name: one
    for one in (
        _staff("class", "class", "类别", "class"),
        _staff("ground", "ground", "所在地", "ground"),
        _staff("unit", "unit", "承办单位", "unit"),
        _staff("units", "units", "协办单位", "cooperating units"),
        _staff("post", "post", "岗位", "post"),
        _staff("into", "matter", "并入的事项", "matter it goes into"),
        replace(_staff("reason", "text", "理由", "reason"), vault=True),
        _staff(
            "level",
            "choice",
            "督办等级",
            "level of supervision",
            *(Option(code, words) for code, words in zip(SUPERVISION, _LEVELS, strict=True)),
        ),
        _staff(
            "children",
            "choice",
            "没办完的协办",
            "open joint work",
            Option("carry", Words("继续办", "carry on")),
            Option("withdraw", Words("一并撤回", "withdraw")),
        ),
    )
}


def read_fields(reading: Reading, node: Node | None, wording: Wording, *, of: str) -> dict[str, Field]:
    """The fields of a `fields:` part, in the order of the file."""
    if node is None:
        return {}
    found = {}
    for name, child in reading.mapping(node).items():
        one = _field(reading, name, child, wording, of)
        if one is not None:
            found[name] = one
    return found


def _field(reading: Reading, name: str, node: Node, wording: Wording, of: str) -> Field | None:
    entries = reading.mapping(node, known("field"), needed("field") if node.is_mapping else ())
    kind = _kind(reading, entries.get("kind"), FIELD_KINDS)
    if kind is None:
        return None
    path = ("fields", name)
    columns = _columns(reading, node, entries, wording, path) if kind == "rows" else ()
    own = of if "of" not in entries else reading.one_of(entries["of"], OF, Words("对象", "person"))
    one = _asked(reading, name, node, entries, kind, wording, path)
    return replace(
        one, of=own or of, columns=columns, vault=one.vault or any(column.vault for column in columns)
    )


def _asked(
    reading: Reading,
    name: str,
    node: Node,
    entries: dict[str, Node],
    kind: str,
    wording: Wording,
    path: tuple[str, ...],
) -> Field:
    """What a field and a column have in common; `path` is where their words stand."""
    return Field(
        name,
        kind,
        wording.at(*path, inline=entries.get("title")),
        _options(reading, path, kind, node, entries, wording),
        _vault(reading, name, kind, entries.get("vault")),
        reading.flag(entries.get("required"), True),
        help=wording.at(*path, "help", inline=entries.get("help")),
        place=node.place,
    )


def _columns(
    reading: Reading, node: Node, entries: dict[str, Node], wording: Wording, path: tuple[str, ...]
) -> tuple[Field, ...]:
    written = entries.get("columns")
    if written is None or not written.value:
        reading.missing(node, "columns")
        return ()
    read = (
        _column(reading, name, child, wording, (*path, "columns", name))
        for name, child in reading.mapping(written).items()
    )
    return tuple(one for one in read if one is not None)


def _column(reading: Reading, name: str, node: Node, wording: Wording, path: tuple[str, ...]) -> Field | None:
    """`due: date`, or the long form with title, options and so on."""
    entries = {"kind": node}
    if node.is_mapping:
        entries = reading.mapping(node, known("column"), needed("column"))
    kind = _kind(reading, entries.get("kind"), COLUMN_KINDS)
    return None if kind is None else _asked(reading, name, node, entries, kind, wording, path)


def _vault(reading: Reading, name: str, kind: str, node: Node | None) -> bool:
    vault = reading.flag(node, kind in VAULT_KINDS)
    if node is not None and kind in VAULT_KINDS and not vault:
        reading.fault(
            node,
            Words(
                f"字段“{name}”是自由文字或个人信息，只能存在保险库里。",
                f"Field “{name}” is free text or personal: it lives in the vault.",
            ),
            Words("去掉 vault: false，或改成 choice。", "Drop vault: false, or make it a choice."),
            mended=True,
        )
    return vault or kind in VAULT_KINDS


def _kind(reading: Reading, node: Node | None, kinds: tuple[str, ...]) -> str | None:
    kind = reading.text(node)
    if node is None or kind in kinds:
        return kind or None
    return reading.unknown(node, kind, kinds, Words("字段种类", "kind of field"))


def _options(
    reading: Reading,
    path: tuple[str, ...],
    kind: str,
    node: Node,
    entries: dict[str, Node],
    wording: Wording,
) -> tuple[Option, ...]:
    if kind not in ("choice", "choices"):
        return ()
    options = entries.get("options")
    if options is None or not options.value:
        reading.missing(node, "options")
        return ()
    if options.is_mapping:
        return tuple(
            Option(code, wording.at(*path, "options", code, inline=child)) for code, child in options.items()
        )
    return tuple(Option(code, wording.at(*path, "options", code)) for code, _ in reading.words(options))


def read_form(reading: Reading, node: Node | None, wording: Wording) -> Form:
    if node is None:
        return Form()
    entries = reading.mapping(node, known("form"), needed("form") if node.is_mapping else ())
    return Form(read_fields(reading, entries.get("fields"), wording, of="reporter"), node.place)
