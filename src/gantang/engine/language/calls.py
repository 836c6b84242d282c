"""Guards and effects as written: `other_than(handler)`, `document.agreement`, `classed`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gantang.engine.model import DUTIES, SUPERVISION, Effect, Guard, Words
from gantang.engine.vocabulary import EFFECTS, GUARDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.model import Field

_CALL = re.compile(r"^\s*(?P<name>\w+)\s*(?:\.\s*(?P<dotted>[\w-]+)|\((?P<args>[^()]*)\))?\s*$")


@dataclass(frozen=True, slots=True)
class Names:
    """What a call's arguments may name inside this procedure."""

    fields: Mapping[str, Field]
    moves: Collection[str]


def _parse(reading: Reading, text: str, node: Node) -> tuple[str, tuple[str, ...]] | None:
    match = _CALL.match(text)
    if match is None:
        reading.fault(
            node,
            Words(f"“{text}”不是条件或效果的写法。", f"“{text}” is not how a guard or an effect is written."),
            Words("写成 name、name(参数) 或 document.名称。", "Write name, name(argument) or document.name."),
        )
        return None
    inner = match["dotted"] if match["dotted"] else (match["args"] or "")
    return match["name"], tuple(part.strip() for part in inner.split(",") if part.strip())


def read_guards(reading: Reading, node: Node | None, names: Names) -> tuple[Guard, ...]:
    found = []
    for text, part in reading.words(node):
        call = _parse(reading, text, part)
        if call is None:
            continue
        word = GUARDS.get(call[0])
        if word is None:
            reading.unknown(part, call[0], GUARDS, Words("条件", "guard"))
        elif _fits(reading, part, call, word.parameters, word.optional, names):
            found.append(Guard(call[0], call[1], word.essential, part.place))
    return tuple(found)


def read_effects(reading: Reading, node: Node | None, names: Names) -> tuple[Effect, ...]:
    found = []
    for text, part in reading.words(node):
        call = _parse(reading, text, part)
        if call is None:
            continue
        word = EFFECTS.get(call[0])
        if word is None:
            reading.unknown(part, call[0], EFFECTS, Words("效果", "effect"))
        elif _fits(reading, part, call, word.parameters, word.optional, names):
            found.append(Effect(call[0], call[1], part.place))
    return tuple(found)


def _fits(
    reading: Reading,
    node: Node,
    call: tuple[str, tuple[str, ...]],
    parameters: tuple[str, ...],
    optional: int,
    names: Names,
) -> bool:
    name, args = call
    if not len(parameters) - optional <= len(args) <= len(parameters):
        wanted = ", ".join(parameters) or "—"
        reading.fault(
            node,
            Words(f"“{name}”的参数个数不对：要 ({wanted})。", f"“{name}” takes other arguments: ({wanted})."),
            Words(f"写成 {name}({wanted})。", f"Write {name}({wanted})."),
        )
        return False
    return all(_known(reading, node, kind, arg, names) for kind, arg in zip(parameters, args, strict=False))


def _known(reading: Reading, node: Node, kind: str, arg: str, names: Names) -> bool:
    """Whether an argument names something; what other packs hold is for the checker."""
    tables: dict[str, tuple[Collection[str], Words, str]] = {
        "duty": (DUTIES, Words("职责", "duty"), "language"),
        "field": (names.fields, Words("字段", "field"), "gap"),
        "move": (names.moves, Words("动作", "move"), "gap"),
        "level": (SUPERVISION, Words("督办等级", "level of supervision"), "language"),
    }
    if kind not in tables or arg in tables[kind][0]:
        return True
    known, what, finding = tables[kind]
    reading.unknown(node, arg, known, what, kind=finding)
    return False
