"""The bound: no finding but a number, the longest time a procedure can take."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from gantang.engine.check.answering import Rows, answers
from gantang.engine.check.course import course
from gantang.engine.check.graph import Graph
from gantang.engine.check.longest import Arrival, Longest, Wait
from gantang.engine.check.passages import Course
from gantang.engine.check.reckon import Reckoner, shown
from gantang.engine.check.sweep import Swept, day_span, worst
from gantang.engine.check.visit import spans_of
from gantang.engine.model import Procedure, State, Words
from gantang.engine.time.calendar import Calendar
from gantang.engine.time.span import Span, Unit


@dataclass(frozen=True, slots=True)
class Length:
    """One longest way: calendar days from the worst start day, and the same in the procedure's own units.

    `own` are sums by unit; `path` is each state with when it was entered, the move that led there first.
    """

    days: int
    start: date
    end: datetime
    own: tuple[Span, ...]
    path: tuple[tuple[str | None, str], ...]
    rows: Rows = field(default_factory=dict)

    def words(self) -> Words:
        zh = " + ".join(span.words("zh") for span in self.own)
        en = " + ".join(span.words("en") for span in self.own)
        return Words(
            f"{self.days} 天（{zh}；最坏从 {self.start} 起）",
            f"{self.days} days ({en}; worst from {self.start})",
        )

    def way(self) -> str:
        return "".join(f" –{move}→ {state}" if move else state for move, state in self.path)


@dataclass(frozen=True, slots=True)
class Bound:
    """To the first end, and to the last possible end; None where nothing bounds it."""

    procedure: str
    first: Length | None
    last: Length | None


def bound(
    procedure: Procedure, calendar: Calendar, *, others: Mapping[str, Procedure] | None = None
) -> Bound:
    """The longest time over (state, uses left), everybody acting at the last legal moment.

    `others` are the procedures that this one may wait for, by name.
    """
    return bound_of(Graph.of(procedure), Reckoner(calendar), others or {})


def bound_of(graph: Graph, reckoner: Reckoner, others: Mapping[str, Procedure]) -> Bound:
    wait = waiting(reckoner, others)
    return Bound(
        graph.procedure.key,
        _length(graph, reckoner, wait, beyond=False),
        _length(graph, reckoner, wait, beyond=True),
    )


def _length(graph: Graph, reckoner: Reckoner, wait: Wait | None, *, beyond: bool) -> Length | None:
    """The longest way over every row of the periods and every start day."""
    found: tuple[Swept, Longest] | None = None
    for rows in answers(graph):
        track = course(graph, graph.first, rows, beyond=beyond)
        if endless(track):
            return None
        longest = Longest(graph, reckoner, rows, wait)
        one = worst(longest, track, day_span)
        if one is not None and (found is None or one.over > found[0].over):
            found = one, longest
    return _shown(*found) if found is not None else None


def endless(track: Course) -> bool:
    """Whether nothing bounds the way: a cycle, a state without clock, an end left without `until`."""
    if track.broken or any(clockless(state) for state in track.states):
        return True
    ends = (one for stop in track.stops if stop.state.is_end for one in stop.passages)
    return any(one.until is None for one in ends)


def clockless(state: State) -> bool:
    """Whether a state, its pause or its extension has no bound."""
    if state.is_end:
        return False
    pause, extend = state.pause, state.extend
    parts: list[object] = [state.within]
    parts += [pause.up_to, pause.at_most] if pause is not None else []
    parts += [extend.by, extend.at_most] if extend is not None else []
    return any(part is None for part in parts)


def _shown(found: Swept, longest: Longest) -> Length:
    way = found.last.way()
    path = tuple((one.hop.edge.name if one.hop else None, one.node.state) for one in way)
    start = date.fromordinal(found.day)
    return Length(found.over, start, shown(found.last.at), own_units(way, longest), path, dict(longest.rows))


def own_units(way: tuple[Arrival, ...], longest: Longest) -> tuple[Span, ...]:
    """What the visits of a way cost, added up by unit."""
    sums: dict[Unit, int] = {}
    for here, there in itertools.pairwise(way):
        for span in _cost(here, there, longest):
            sums[span.unit] = sums.get(span.unit, 0) + span.n
    return tuple(Span(n, unit) for unit, n in sums.items())


def _cost(here: Arrival, there: Arrival, longest: Longest) -> Iterator[Span]:
    procedure = longest.graph.procedure
    state = procedure.states[here.node.state]
    if state.is_end:
        until = there.hop.edge.move.until if there.hop else None
        if until is not None:
            yield spans_of(until, longest.rows)
        return
    if state.within is not None and not procedure.carries(state.name, there.node.state):
        yield from longest.visits.spans(state)
    if state.pause is not None and state.pause.up_to is not None:
        yield from [state.pause.up_to] * (len(there.stops) - len(here.stops))


def waiting(reckoner: Reckoner, others: Mapping[str, Procedure]) -> Wait | None:
    """When a child or gate begun at a moment has ended at the latest; None for the unknown or endless."""
    if not others:
        return None
    known: dict[tuple[str, int], int | None] = {}
    tracks: dict[str, list[tuple[Longest, Course]]] = {}

    def wait(name: str, at: int) -> int | None:
        if name not in others:
            return None
        if name not in tracks:
            variants = (one for one in others.values() if one.name == others[name].name)
            tracks[name] = [track for one in variants for track in _tracks(one, reckoner)]
        if (name, at) not in known:
            known[name, at] = max((one for one in _ends(tracks[name], at)), default=None)
        return known[name, at]

    return wait


def _tracks(procedure: Procedure, reckoner: Reckoner) -> Iterator[tuple[Longest, Course]]:
    graph = Graph.of(procedure)
    for rows in answers(graph):
        track = course(graph, graph.first, rows, beyond=False)
        if not endless(track):
            yield Longest(graph, reckoner, rows), track


def _ends(tracks: list[tuple[Longest, Course]], at: int) -> Iterator[int]:
    for longest, track in tracks:
        last = longest.latest(track, at)
        if last is not None:
            yield last.at
