"""Squeeze (挤压): a clock shorter than what has to go on under it, on some start day of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gantang.engine.check.answering import all_answers, answers
from gantang.engine.check.course import course
from gantang.engine.check.graph import Graph, Node
from gantang.engine.check.longest import Arrival, Longest, Wait
from gantang.engine.check.passages import Course
from gantang.engine.check.reckon import HOURS, Reckoner, day_of, end_of_day
from gantang.engine.check.say import at_state, finding, place_of
from gantang.engine.check.stopping import WAITING
from gantang.engine.check.sweep import Swept, worsts
from gantang.engine.check.visit import Visits, side_of, spans_of
from gantang.engine.model import Finding, Guard, State, Words
from gantang.engine.time.span import Span

KIND = "squeeze"
#: On how many of the worst starts pauses are tried.
PAUSED = 12


def squeezes(graph: Graph, reckoner: Reckoner, wait: Wait | None) -> Iterator[Finding]:
    """`wait`: when a child or gate begun at a moment has ended; None where none is known."""
    yield from squeezed_total(graph, reckoner)
    yield from squeezed_waits(graph, reckoner, wait)


def squeezed_total(graph: Graph, reckoner: Reckoner) -> Iterator[Finding]:
    found = worst_total(graph, reckoner)
    if found is not None:
        yield _total_finding(graph, *found)


def worst_total(graph: Graph, reckoner: Reckoner, wait: Wait | None = None) -> tuple[Swept, Longest] | None:
    """The worst start day for the total, over every row of the periods and every reopening.

    In time is who leaves each state by its clock: to wait beyond that for a child is squeezed there.
    """
    found: tuple[Swept, Longest] | None = None
    for rows in answers(graph) if graph.procedure.total is not None else ():
        for first in firsts(graph):
            track = course(graph, first, rows, beyond=False)
            one = _worst_start(Longest(graph, reckoner, rows, pauses=False, all_totals=False), track)
            if one is not None and (found is None or one[0].over > found[0].over):
                found = one
    return found


def firsts(graph: Graph) -> list[Node]:
    """Where the total starts: the first state, and what a reopening leads to, with the most uses left."""
    found = [graph.first]
    for node in graph.reached:
        if not graph.procedure.states[node.state].is_end:
            continue
        found.extend(hop.target for hop in graph.hops(node))
    return [one for one in dict.fromkeys(found) if not any(_outdoes(other, one) for other in found)]


def _outdoes(one: Node, other: Node) -> bool:
    return (
        one != other
        and (one.state, one.seen, one.run) == (other.state, other.seen, other.run)
        and all(a >= b for a, b in zip(one.uses, other.uses, strict=True))
    )


def _worst_start(longest: Longest, track: Course) -> tuple[Swept, Longest] | None:
    """The start from which a way outlasts the total most, if any does.

    A pause stops the total as well: what it takes out of one clock it takes out of the
    other, up to their units. So pauses are tried on the worst starts alone (PAUSED of them).
    """

    def over(start: int, at: int) -> int:
        return at - (longest.total_due(start, ()) or 0)

    paused = any(state.pause is not None for state in track.states)
    found = worsts(longest, track, over, PAUSED if paused else 1, hours=_hours(longest))
    if found and found[0].over > 0:
        return found[0], longest
    longest = replace(longest, pauses=None)
    tried = [one for swept in found if paused for one in _paused(longest, track, swept)]
    worst = max(tried, key=_by, default=None)
    return (worst, longest) if worst is not None and worst.over > 0 else None


def _paused(longest: Longest, track: Course, plain: Swept) -> Iterator[Swept]:
    """Every arrival from a start with pauses, by how much it outlasts the total they draw out as well."""
    ends = longest.arrivals(track, plain.start)
    for one in (one for node in track.ends for one in ends.get(node, ())):
        over = one.at - (longest.total_due(plain.start, one.stops) or 0)
        yield replace(plain, over=over, last=one)


def _by(one: Swept) -> int:
    return one.over


def _hours(longest: Longest) -> bool:
    total = longest.graph.procedure.total
    return total is not None and any(span.unit in HOURS for span in total.spans())


def _total_finding(graph: Graph, worst: Swept, longest: Longest) -> Finding:
    procedure = graph.procedure
    total = procedure.total
    assert total is not None  # noqa: S101 - without a total there is no worst
    due = worst.last.at - worst.over
    span, late = spans_of(total, longest.rows), max(1, day_of(worst.last.at) - day_of(due))
    start, path = date.fromordinal(worst.day), way_of(worst.last)
    return finding(
        KIND,
        place_of(total.place, procedure=procedure),
        f"{procedure.name}/clock",
        Words(
            f"总时限 {span.words('zh')} 短于其下最长的按时路径：最坏从 {start} 起超出 {late} 天：{path}。",
            f"The total of {span} is shorter than the longest in-time path under it:"
            f" worst from {start}, by {late} days: {path}.",
        ),
        Words("放长总时限，或缩短路径上的时限。", "Lengthen the total, or shorten the clocks on that path."),
    )


def way_of(last: Arrival) -> str:
    return "".join(
        f" –{one.hop.edge.name}→ {one.node.state}" if one.hop else one.node.state for one in last.way()
    )


def squeezed_waits(graph: Graph, reckoner: Reckoner, wait: Wait | None) -> Iterator[Finding]:
    """States with a clock shorter than the bound of the child or gate that a move made in them waits for."""
    done: set[tuple[str, str]] = set()
    for name, state in graph.procedure.states.items() if wait is not None else ():
        for edge in graph.made_in(name) if not state.is_end else ():
            for guard in edge.move.needs:
                key = (name, str(guard))
                if guard.name in WAITING and guard.args and key not in done:
                    done.add(key)
                    yield from _wait_finding(graph, reckoner, state, guard, wait)


def _wait_finding(
    graph: Graph, reckoner: Reckoner, state: State, guard: Guard, wait: Wait | None
) -> Iterator[Finding]:
    if state.within is None or wait is None:
        return
    found = max(_waits(graph, reckoner, state, guard.args[0], wait), default=None)
    if found is None:
        return
    late, day, text = found
    span, start = Span.parse(text), date.fromordinal(day)
    yield finding(
        KIND,
        place_of(state.within.place, state.place, procedure=graph.procedure),
        at_state(graph.procedure, state.name),
        Words(
            f"状态 {state.name} 的时限 {span.words('zh')} 短于它所等的 {guard.args[0]} 的最长时间："
            f"最坏从 {start} 起差 {late} 天。",
            f"The clock of {state.name}, {span}, is shorter than the bound of {guard.args[0]} it waits for:"
            f" worst from {start}, by {late} days.",
        ),
        Words(
            f"放长 {state.name} 的时限，或缩短 {guard.args[0]}。",
            f"Lengthen {state.name}, or shorten {guard.args[0]}.",
        ),
    )


def _waits(
    graph: Graph, reckoner: Reckoner, state: State, child: str, wait: Wait
) -> Iterator[tuple[int, int, str]]:
    """Days by which a child begun on entry outlasts the state's clock, for each start day and row."""
    for rows in all_answers(graph.procedure):
        visits = Visits(graph.procedure, reckoner, rows)
        span = spans_of(state.within, rows) if state.within is not None else None
        for day in reckoner.start_days() if span is not None else ():
            start = end_of_day(day)
            over = wait(child, start)
            due = visits.reckoner.leg(start, span, side_of(state.owner)) if span is not None else 0
            if over is not None and over > due:
                yield max(1, day_of(over) - day_of(due)), day, str(span)
