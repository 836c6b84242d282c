"""Late rules, and the rule that each move by the clock implies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gantang.engine.language.states import read_duty
from gantang.engine.model import CLOCK, DUTIES, MARKS, LateRule, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.model import Move, State

KEYS = ("at", "mark", "tell", "move", "of", "in")
TELL = ("owner", *(duty for duty in DUTIES if duty != CLOCK))


def read_late(
    reading: Reading, node: Node | None, states: Mapping[str, State], moves: Mapping[str, Move]
) -> tuple[LateRule, ...]:
    rules = []
    if node is not None and not node.is_sequence:
        reading.fault(
            node,
            Words("“late”应当是一列规则。", "“late” should be a list of rules."),
            Words("每条写成 - {at: 100%, tell: leader}。", "Write each as - {at: 100%, tell: leader}."),
        )
        node = None
    for part in node.parts() if node is not None else ():
        rule = _rule(reading, part, states, moves)
        if rule is not None:
            rules.append(rule)
    return (*rules, *_implied(rules, moves))


def _rule(
    reading: Reading, node: Node, states: Mapping[str, State], moves: Mapping[str, Move]
) -> LateRule | None:
    entries = reading.mapping(node, KEYS, needed=("at",))
    at = reading.percent(entries["at"]) if "at" in entries else None
    if at is None:
        return None
    tell = [read_duty(reading, part, TELL) for _, part in reading.words(entries.get("tell"))]
    return LateRule(
        at=at,
        mark=_one_of(reading, entries.get("mark"), MARKS, Words("标记", "mark"), "language"),
        tell=tuple(duty for duty in tell if duty),
        move=_clock_move(reading, entries.get("move"), moves),
        of=_one_of(reading, entries.get("of"), ("state", "total"), Words("时钟", "clock"), "language")
        or "state",
        states=_states(reading, entries.get("in"), states),
        place=node.place,
    )


def _one_of(
    reading: Reading, node: Node | None, known: tuple[str, ...], what: Words, kind: str
) -> str | None:
    if node is None:
        return None
    name = reading.text(node)
    if name in known:
        return name
    return reading.unknown(node, name, known, what, kind=kind)


def _clock_move(reading: Reading, node: Node | None, moves: Mapping[str, Move]) -> str | None:
    name = _one_of(reading, node, tuple(moves), Words("动作", "move"), "gap")
    if node is None or name is None:
        return None
    if not moves[name].by_clock:
        reading.fault(
            node,
            Words(f"动作“{name}”没有交给时钟。", f"Move “{name}” is not given to the clock."),
            Words("在它的 by 里加上 clock。", "Add clock to its `by`."),
            kind="gap",
        )
        return None
    return name


def _states(reading: Reading, node: Node | None, states: Mapping[str, State]) -> tuple[str, ...]:
    found = []
    for word, part in reading.words(node):
        known = word in states
        name = word if known else reading.unknown(part, word, states, Words("状态", "state"), kind="gap")
        found.extend([name] if name else [])
    return tuple(found)


def _implied(rules: list[LateRule], moves: Mapping[str, Move]) -> list[LateRule]:
    named = {rule.move for rule in rules}
    return [
        LateRule(at=100, move=move.name, states=move.sources, implied=True, place=move.place)
        for move in moves.values()
        if move.by_clock and move.name not in named
    ]
