"""Blind spots (盲区): a state without owner. (A move nobody may make is found with the dead moves.)"""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.graph import Graph
from gantang.engine.check.say import at_state, finding
from gantang.engine.model import PEOPLE_DUTIES, STAFF_DUTIES, Finding, Words

KIND = "blind spot"


def blind_spots(graph: Graph) -> Iterator[Finding]:
    for name, state in graph.procedure.states.items():
        if state.is_end or state.owner in STAFF_DUTIES or state.owner in PEOPLE_DUTIES:
            continue
        yield finding(
            KIND,
            state.place,
            at_state(graph.procedure, name),
            Words(f"状态 {name} 没有承担的职责。", f"Nobody owns the state {name}."),
            Words("写上 owner。", "Name its owner."),
        )
