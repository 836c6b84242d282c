"""States: owner, clock, what their owner may ask for, ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gantang.engine.language.keys import known
from gantang.engine.model import CLOCK, DUTIES, STATUSES, Extend, Field, Pause, State, Within, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.language.wording import Wording
    from gantang.engine.time import Span

OWNERS = tuple(duty for duty in DUTIES if duty != CLOCK)
#: `from: open` is every state that is not an end, so no state is called that.
OPEN = "open"
#: Who grants a pause or an extension when the file does not say: somebody above the owner.
GRANTERS = ("leader", "supervisor")


def read_states(
    reading: Reading, node: Node, fields: Mapping[str, Field], wording: Wording
) -> dict[str, State]:
    given = reading.mapping(node)
    if OPEN in given:
        reading.fault(
            given[OPEN],
            Words(
                f"“{OPEN}”指所有没有结束的环节，不能作状态名。",
                f"“{OPEN}” means every state that is not an end; no state is called that.",
            ),
            Words("另起一个名字。", "Give it another name."),
        )
    return {name: _state(reading, name, child, fields, wording) for name, child in given.items()}


def _state(reading: Reading, name: str, node: Node, fields: Mapping[str, Field], wording: Wording) -> State:
    entries = reading.mapping(node, known("state"))
    ends = tuple(word for word, _ in reading.words(entries.get("end")))
    owner = read_duty(reading, entries.get("owner"), OWNERS)
    may = reading.mapping(entries["may"], known("may")) if "may" in entries else {}
    return State(
        name=name,
        title=wording.at("states", name, inline=entries.get("title")),
        status=_status(reading, name, entries.get("status"), is_end=bool(ends)),
        owner=owner,
        within=read_within(reading, entries.get("within"), fields),
        pause=_pause(reading, may.get("pause"), owner),
        extend=read_extend(reading, may.get("extend"), owner),
        ends=ends,
        public=reading.flag(entries.get("public"), True),
        place=node.place,
    )


def read_duty(reading: Reading, node: Node | None, duties: tuple[str, ...]) -> str | None:
    if node is None:
        return None
    name = reading.text(node)
    if name in duties:
        return name
    return reading.unknown(node, name, duties, Words("职责", "duty")) if name else None


def read_duties(reading: Reading, node: Node | None, duties: tuple[str, ...]) -> tuple[str, ...]:
    found = [read_duty(reading, part, duties) for _, part in reading.words(node)]
    return tuple(duty for duty in found if duty is not None)


def _status(reading: Reading, name: str, node: Node | None, *, is_end: bool) -> str:
    if node is not None:
        status = reading.text(node)
        if status in STATUSES:
            return status
        guess = reading.unknown(node, status, STATUSES, Words("状态用语", "status"))
        if guess is not None:
            return guess
    if name in STATUSES:
        return name
    return "closed" if is_end else "handling"


def read_within(reading: Reading, node: Node | None, fields: Mapping[str, Field]) -> Within | None:
    """`5 working days`, or {span:, law:}, or {by: FIELD, code: span …}."""
    if node is None:
        return None
    if not node.is_mapping:
        span = reading.span(node)
        return None if span is None else Within(span, place=node.place)
    entries = reading.mapping(node)
    law = reading.text(entries.pop("law", None)) or None
    if "span" in entries:
        span = reading.span(entries["span"])
        return None if span is None else Within(span, law=law, place=node.place)
    return _table(reading, node, entries, fields, law)


def _table(
    reading: Reading, node: Node, entries: dict[str, Node], fields: Mapping[str, Field], law: str | None
) -> Within | None:
    by = entries.pop("by", None)
    if by is None:
        reading.missing(node, "by")
        return None
    name = reading.text(by)
    choices = {one.name: one for one in fields.values() if one.kind == "choice"}
    if name not in choices:
        what = Words("封闭答案", "closed answer")
        name = reading.unknown(by, name, tuple(choices), what, kind="gap") or ""
    if name not in choices:
        return None
    rows = _rows(reading, node, entries, choices[name].codes())
    return Within(None, name, rows, law, node.place) if rows else None


def _rows(
    reading: Reading, node: Node, entries: dict[str, Node], codes: tuple[str, ...]
) -> tuple[tuple[str, Span], ...]:
    """One row for each closed answer; a misspelt answer is told and taken for the nearest."""
    rows: dict[str, Span] = {}
    for code, child in entries.items():
        span = reading.span(child)
        fits = code in codes
        row = code if fits else reading.unknown(child, code, codes, Words("答案", "answer"), kind="gap")
        if row is not None and span is not None and (fits or row not in entries):
            rows[row] = span
    for code in codes:
        if code not in rows and code not in entries:
            reading.missing(node, code)
    return tuple(rows.items())


def _granters(reading: Reading, node: Node | None, owner: str | None) -> tuple[str, ...]:
    if node is not None:
        return read_duties(reading, node, OWNERS)
    return tuple(duty for duty in GRANTERS if duty != owner)


def _pause(reading: Reading, node: Node | None, owner: str | None) -> Pause | None:
    if node is None:
        return None
    entries = reading.mapping(node, known("pause"))
    return Pause(
        reading.span(entries.get("up_to")),
        reading.number(entries.get("at_most")),
        _granters(reading, entries.get("granted_by"), owner),
        node.place,
    )


def read_extend(reading: Reading, node: Node | None, owner: str | None) -> Extend | None:
    if node is None:
        return None
    entries = reading.mapping(node, known("extend"))
    return Extend(
        reading.span(entries.get("by")),
        reading.number(entries.get("at_most")),
        _granters(reading, entries.get("granted_by"), owner),
        node.place,
    )
