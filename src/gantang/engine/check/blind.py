"""Blind spots (盲区): a state without owner, or whose owner has no move there. (A move nobody may make is
found with the dead moves.)"""

from __future__ import annotations

from collections.abc import Iterator

from gantang.engine.check.graph import Graph
from gantang.engine.check.say import at_state, finding
from gantang.engine.language.reading import hint
from gantang.engine.model import PEOPLE_DUTIES, STAFF_DUTIES, Finding, Words

KIND = "blind spot"


def blind_spots(graph: Graph) -> Iterator[Finding]:
    yield from unowned(graph)
    yield from idle_owners(graph)


def idle_owners(graph: Graph) -> Iterator[Finding]:
    """States of staff that others have a move in, and their owner none: the work lies with the wrong one."""
    procedure = graph.procedure
    for name, state in procedure.states.items():
        here = [one for one in procedure.moves.values() if name in one.sources and not one.from_open]
        onward = [duty for one in here if one.to is not None for duty in one.by]
        staff = [duty for duty in dict.fromkeys(onward) if duty in STAFF_DUTIES]
        idle = not any(state.owner in one.by for one in here)
        if state.is_end or state.owner not in STAFF_DUTIES or not idle or not staff:
            continue
        yield finding(
            KIND,
            state.place,
            at_state(procedure, name),
            Words(
                f"状态 {name} 由 {state.owner} 承担，这里却没有 {state.owner} 能做的动作。",
                f"The state {name} lies with the {state.owner}, who has no move there.",
            ),
            hint(state.owner, staff),
        )


def unowned(graph: Graph) -> Iterator[Finding]:
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
