"""Late rules, and the rule that each move by the clock implies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gantang.engine.language.keys import known, needed
from gantang.engine.language.states import read_duty
from gantang.engine.model import CLOCK, DUTIES, MARKS, LateRule, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gantang.engine.language.nodes import Node
    from gantang.engine.language.reading import Reading
    from gantang.engine.model import Move, State

TELL = ("owner", *(duty for duty in DUTIES if duty != CLOCK))


def read_late(
    reading: Reading,
    node: Node | None,
    states: Mapping[str, State],
    moves: Mapping[str, Move],
    *,
    before_moves: bool = False,
) -> tuple[LateRule, ...]:
    """The rules as written, then the implied ones; each with its turn in the file.

    `before_moves` says that `late` stands above `moves`.
    """
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
    first, then = (0, len(rules)) if before_moves else (len(moves), 0)
    written = (replace(rule, order=first + at) for at, rule in enumerate(rules))
    return (*written, *(replace(rule, order=then + at) for at, rule in _implied(rules, moves)))


def _rule(
    reading: Reading, node: Node, states: Mapping[str, State], moves: Mapping[str, Move]
) -> LateRule | None:
    entries = reading.mapping(node, known("late"), needed("late"))
    at = reading.percent(entries["at"]) if "at" in entries else None
    if at is None:
        return None
    tell = [read_duty(reading, part, TELL) for _, part in reading.words(entries.get("tell"))]
    return LateRule(
        at=at,
        mark=reading.one_of(entries.get("mark"), MARKS, Words("标记", "mark")),
        tell=tuple(duty for duty in tell if duty),
        move=_clock_move(reading, entries.get("move"), moves),
        of=reading.one_of(entries.get("of"), ("state", "total"), Words("时钟", "clock")) or "state",
        states=_states(reading, entries.get("in"), states),
        place=node.place,
    )


def _clock_move(reading: Reading, node: Node | None, moves: Mapping[str, Move]) -> str | None:
    name = reading.one_of(node, tuple(moves), Words("动作", "move"), kind="gap")
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
        name = (
            word
            if word in states
            else reading.unknown(part, word, states, Words("状态", "state"), kind="gap")
        )
        found.extend([name] if name else [])
    return tuple(found)


def _implied(rules: list[LateRule], moves: Mapping[str, Move]) -> list[tuple[int, LateRule]]:
    """The rules of moves by the clock that no rule names, each with the turn of its move."""
    named = {rule.move for rule in rules}
    return [
        (at, LateRule(at=100, move=move.name, states=move.sources, implied=True, place=move.place))
        for at, move in enumerate(moves.values())
        if move.by_clock and move.name not in named
    ]
