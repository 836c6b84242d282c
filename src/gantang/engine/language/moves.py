"""Moves: from where, to where, by whom, on what conditions, with what effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gantang.engine.language import keys
from gantang.engine.language.calls import Names, read_effects, read_guards
from gantang.engine.language.states import OPEN, read_duties, read_within
from gantang.engine.model import DUTIES, Ask, Move, Opens, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.language.wording import Wording
    from gantang.engine.model import Field, State

#: Kinds of field whose answer is a list.
EACH = ("units", "choices", "rows")


@dataclass(frozen=True, slots=True)
class Known:
    """What the procedure has, for moves to name."""

    states: Mapping[str, State]
    fields: Mapping[str, Field]
    moves: tuple[str, ...]


def read_moves(reading: Reading, node: Node, states: Mapping[str, State], fields: Mapping[str, Field],
               wording: Wording) -> dict[str, Move]:  # fmt: skip
    entries = reading.mapping(node)
    known = Known(states, fields, tuple(entries))
    found = {}
    for name, child in entries.items():
        one = _move(reading, name, child, known, wording)
        if one is not None:
            found[name] = one
    return found


def _move(reading: Reading, name: str, node: Node, known: Known, wording: Wording) -> Move | None:
    if not node.is_mapping:
        reading.mapping(node)
        return None
    entries = reading.mapping(node, keys.known("move"), keys.needed("move"))
    sources, from_open = _sources(reading, entries.get("from"), known)
    to = entries.get("to")
    target = _state_name(reading, to, known) if to is not None else None
    if to is not None and target is None:
        return None
    names = Names(known.fields, known.moves)
    outcomes, outcome_by = _outcomes(reading, node, entries.get("outcome"), target, known)
    because = entries.get("because")
    return Move(
        name=name,
        title=wording.at("moves", name, inline=entries.get("title")),
        sources=sources,
        to=target,
        by=read_duties(reading, entries.get("by"), DUTIES),
        asks=_asks(reading, entries.get("asks"), known, outcome_by),
        needs=read_guards(reading, entries.get("needs"), names),
        does=read_effects(reading, entries.get("does"), names),
        outcomes=outcomes,
        outcome_by=outcome_by,
        at_most=reading.number(entries.get("at_most")),
        until=read_within(reading, entries.get("until"), known.fields),
        because=_because(wording, name, because),
        law=reading.text(entries.get("law")) or None,
        opens=_opens(reading, entries.get("opens"), known),
        documents=tuple(word for word, _ in reading.words(entries.get("produces"))),
        from_open=from_open,
        public=reading.flag(entries.get("public"), True),
        place=node.place,
    )


def _because(wording: Wording, name: str, node: Node | None) -> Words | None:
    words = wording.at("moves", name, "because", inline=node)
    return words if node is not None or words.zh or words.en else None


def _sources(reading: Reading, node: Node | None, known: Known) -> tuple[tuple[str, ...], bool]:
    """The states a move may be made in, and whether `open` stands for them."""
    found: list[str] = []
    from_open = False
    for word, part in reading.words(node):
        if word == OPEN:
            from_open = True
            found.extend(name for name, state in known.states.items() if not state.is_end)
        else:
            name = _state_name(reading, part, known)
            found.extend([name] if name else [])
    return tuple(dict.fromkeys(found)), from_open


def _state_name(reading: Reading, node: Node, known: Known) -> str | None:
    name = reading.text(node)
    if name in known.states:
        return name
    return reading.unknown(node, name, known.states, Words("状态", "state"), kind="gap")


def _asks(reading: Reading, node: Node | None, known: Known, outcome_by: str | None) -> tuple[Ask, ...]:
    found = []
    for word, part in reading.words(node):
        name = _field_name(reading, part, word.removesuffix("?"), known)
        if name is not None:
            found.append(Ask(name, required=not word.endswith("?"), place=part.place))
    if outcome_by == "outcome" and all(ask.field != "outcome" for ask in found):
        found.append(Ask("outcome", place=node.place) if node else Ask("outcome"))
    return tuple(found)


def _field_name(reading: Reading, node: Node, name: str, known: Known) -> str | None:
    if name in known.fields:
        return name
    return reading.unknown(node, name, known.fields, Words("字段", "field"), kind="gap")


def _outcomes(
    reading: Reading, move: Node, node: Node | None, target: str | None, known: Known
) -> tuple[tuple[str, ...], str | None]:
    """The outcomes a move may give, and the answer that chooses among them."""
    ends = known.states[target].ends if target is not None else ()
    if node is None:
        return _implied_outcome(reading, move, ends)
    if not ends:
        _no_end(reading, node)
        return (), None
    if node.is_mapping:
        return _outcomes_by(reading, node, ends, known)
    words = list(reading.words(node))
    outcomes = _known_ends(reading, words, ends)
    return outcomes, ("outcome" if len(words) > 1 else None)


def _no_end(reading: Reading, node: Node) -> None:
    reading.fault(
        node,
        Words("写了 outcome，却没有到终点。", "An outcome is given, but the move leads to no end."),
        Words("删去 outcome，或让动作到一个终点。", "Drop the outcome, or let the move lead to an end."),
        kind="gap",
        mended=True,
    )


def _outcomes_by(
    reading: Reading, node: Node, ends: tuple[str, ...], known: Known
) -> tuple[tuple[str, ...], str | None]:
    """`outcome: {by: FIELD}`: its closed answers are outcomes of the end."""
    written = reading.mapping(node, keys.known("outcome"), keys.needed("outcome")).get("by")
    field = _field_name(reading, written, reading.text(written), known) if written is not None else None
    if field is None:
        return (), None
    codes = known.fields[field].codes()
    if codes and set(codes) <= set(ends):
        return codes, field
    reading.fault(
        node,
        Words(
            f"“{field}”的答案不都是终点的结果。",
            f"The answers of “{field}” are not all outcomes of the end.",
        ),
        Words(
            f"换一个字段，其答案都在这些结果里：{'、'.join(ends)}。",
            f"Name a field whose answers are among {', '.join(ends)}.",
        ),
        kind="gap",
    )
    return ends, field


def _known_ends(reading: Reading, words: list[tuple[str, Node]], ends: tuple[str, ...]) -> tuple[str, ...]:
    what = Words("结果", "outcome")
    read = (
        word if word in ends else reading.unknown(part, word, ends, what, kind="gap") for word, part in words
    )
    return tuple(word for word in read if word is not None)


def _implied_outcome(
    reading: Reading, move: Node, ends: tuple[str, ...]
) -> tuple[tuple[str, ...], str | None]:
    if len(ends) > 1:
        reading.fault(
            move,
            Words(
                f"“{move.path}”到了终点，却没说是哪种结果。",
                f"“{move.path}” reaches an end but gives no outcome.",
            ),
            Words(f"补上 outcome: {ends[0]} 等。", f"Add outcome: {ends[0]} or another."),
            kind="gap",
            mended=True,
        )
        return ends, "outcome"
    return ends, None


def _not_several(reading: Reading, node: Node, name: str) -> None:
    reading.fault(
        node,
        Words(
            f"字段“{name}”不是一列，开不了几件。", f"Field “{name}” is no list: it has no items to open for."
        ),
        Words(f"换一个种类是 {'、'.join(EACH)} 的字段。", f"Name a field of kind {', '.join(EACH)}."),
        kind="gap",
        mended=True,
    )


def _opens(reading: Reading, node: Node | None, known: Known) -> Opens | None:
    if node is None:
        return None
    entries = reading.mapping(node, keys.known("opens"), keys.needed("opens"))
    named = {
        key: _field_name(reading, entries[key], reading.text(entries[key]), known)
        for key in ("each", "class", "ground", "unit")
        if key in entries
    }
    each = named.get("each")
    if each is not None and known.fields[each].kind not in EACH:
        _not_several(reading, entries["each"], each)
    return Opens(
        reading.text(entries.get("procedure")),
        named.get("each"),
        named.get("class"),
        named.get("ground"),
        named.get("unit"),
        reading.flag(entries.get("required"), False),
        node.place,
    )
