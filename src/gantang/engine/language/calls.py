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
    from gantang.engine.vocabulary import EffectWord, GuardWord

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
        name = call and _word(reading, part, call[0], GUARDS, Words("条件", "guard"))
        if call is None or not name:
            continue
        args = _arguments(reading, part, name, call[1], GUARDS[name], names)
        if args is not None:
            found.append(Guard(name, args, GUARDS[name].essential, part.place))
    return tuple(found)


def read_effects(reading: Reading, node: Node | None, names: Names) -> tuple[Effect, ...]:
    found = []
    for text, part in reading.words(node):
        call = _parse(reading, text, part)
        name = call and _word(reading, part, call[0], EFFECTS, Words("效果", "effect"))
        if call is None or not name:
            continue
        args = _arguments(reading, part, name, call[1], EFFECTS[name], names)
        if args is not None:
            found.append(Effect(name, args, part.place))
    return tuple(found)


def _word(reading: Reading, node: Node, name: str, known: Collection[str], what: Words) -> str | None:
    """The name if it is known, else the nearest known one, told."""
    return name if name in known else reading.unknown(node, name, known, what)


def _arguments(
    reading: Reading,
    node: Node,
    name: str,
    args: tuple[str, ...],
    word: GuardWord | EffectWord,
    names: Names,
) -> tuple[str, ...] | None:
    """The arguments, each known; None where they cannot be told."""
    if not len(word.parameters) - word.optional <= len(args) <= len(word.parameters):
        wanted = ", ".join(word.parameters) or "—"
        reading.fault(
            node,
            Words(f"“{name}”的参数个数不对：要 ({wanted})。", f"“{name}” takes other arguments: ({wanted})."),
            Words(f"写成 {name}({wanted})。", f"Write {name}({wanted})."),
        )
        return None
    read = [_known(reading, node, kind, arg, names) for kind, arg in zip(word.parameters, args, strict=False)]
    found = tuple(arg for arg in read if arg is not None)
    return found if len(found) == len(args) else None


def _known(reading: Reading, node: Node, kind: str, arg: str, names: Names) -> str | None:
    """The argument if it names something; what other packs hold is for the checker."""
    tables: dict[str, tuple[Collection[str], Words, str]] = {
        "duty": (DUTIES, Words("职责", "duty"), "language"),
        "field": (names.fields, Words("字段", "field"), "gap"),
        "move": (names.moves, Words("动作", "move"), "gap"),
        "level": (SUPERVISION, Words("督办等级", "level of supervision"), "language"),
    }
    if kind not in tables or arg in tables[kind][0]:
        return arg
    known, what, finding = tables[kind]
    return reading.unknown(node, arg, known, what, kind=finding)
