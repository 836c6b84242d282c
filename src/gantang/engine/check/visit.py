"""What one visit to a state costs: until when everybody may wait, and when its clock takes the matter on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from gantang.engine.check.answering import Rows
from gantang.engine.check.passages import Aim
from gantang.engine.check.reckon import HOURS, Reckoner, day_of
from gantang.engine.check.stops import Drawn, Run, drawn_out
from gantang.engine.model import PEOPLE_DUTIES, Move, Pause, Procedure, State, Within
from gantang.engine.time.legs import Side, share
from gantang.engine.time.pauses import Stops
from gantang.engine.time.span import Span
from gantang.engine.time.table import MINUTE


@dataclass(frozen=True, slots=True)
class Stay:
    """A visit drawn out: until when (by percent of its clock), and the pauses in it.

    `over`: the clock had run out on entry and surely moves the matter before anybody acts.
    """

    due: int
    halts: Stops
    spans: tuple[Span, ...]
    over: bool = False


def side_of(duty: str | None) -> Side:
    return "people" if duty in PEOPLE_DUTIES else "staff"


def spans_of(within: Within, rows: Rows) -> Span:
    """The span for the closed answers at hand; the first row where the answer is not given."""
    return within.of(rows.get(within.by or ""))


@dataclass(frozen=True)
class Visits:
    """Visits of one procedure on one calendar; what was counted once is kept."""

    procedure: Procedure
    reckoner: Reckoner
    rows: Rows = field(default_factory=dict)
    _stays: dict[object, tuple[Stay, ...]] = field(default_factory=dict, repr=False)
    _spans: dict[str, tuple[Span, ...]] = field(default_factory=dict, repr=False)

    def spans(self, state: State) -> tuple[Span, ...]:
        """The state's period with all its extensions."""
        found = self._spans.get(state.name)
        if found is None:
            assert state.within is not None  # noqa: S101 - states without a clock cost nothing
            more = state.extend
            extra = (more.by,) * (more.at_most or 0) if more is not None and more.by is not None else ()
            found = self._spans[state.name] = (spans_of(state.within, self.rows), *extra)
        return found

    def stays(
        self, state: State, start: int, entry: int, halts: Stops, *, paused: bool, aim: Aim | None = None
    ) -> tuple[Stay, ...]:
        """The latest ends of a visit, first without a pause, then if `paused` with ever more of them.

        With an `aim`, the visits with the latest moment of that instead.
        """
        if state.within is None:
            return (Stay(entry, (), ()),)
        spans = self.spans(state)
        if entry != start and self.reckoner.leg(start, spans[0], side_of(state.owner), halts) < entry:
            spans = spans[:1]  # it ran out on the way here: too late to ask for an extension
        key: tuple[object, ...] = (state.name, start, entry, halts, paused, len(spans), aim)
        if not halts and not any(span.unit in HOURS for span in spans):
            day = entry if entry != start else day_of(entry) if paused else 0
            key = (state.name, day_of(start), day, halts, paused, len(spans), aim)
        # what no aim bends depends on spans and pauses alone: shared by all rows, ways and procedures
        kept = self._stays if aim is not None else self.reckoner.stays
        key = key if aim is not None else (spans, state.pause, side_of(state.owner), *key[1:])
        found = kept.get(key)
        if found is None:
            to = partial(self.aimed, state, start, spans, halts, aim) if aim is not None else None
            run = Run(start, entry, spans, side_of(state.owner), halts, to)
            found = kept[key] = self._drawn(state.pause if paused else None, run)
        return found

    def leading(
        self, state: State, start: int, entry: int, halts: Stops, lead: Callable[[int, Stops], int]
    ) -> tuple[Stay, ...]:
        """Visits with ever more pauses, each with those that serve `lead(end, pauses)` most."""
        if state.within is None:
            return ()
        spans, side = self.spans(state), side_of(state.owner)

        def aim(more: Stops, due: int) -> int:
            return lead(due, more)

        return self._drawn(state.pause, Run(start, entry, spans, side, halts, aim))

    def _drawn(self, pause: Pause | None, run: Run) -> tuple[Stay, ...]:
        up_to, n = (pause.up_to, pause.at_most or 0) if pause is not None else (None, 0)
        drawn: tuple[Drawn, ...] = drawn_out(self.reckoner, run, up_to, n)
        return tuple(Stay(one.due, one.halts, run.spans) for one in drawn)

    def aimed(
        self,
        here: State,
        start: int,
        spans: tuple[Span, ...],
        halts: Stops,
        aim: Aim,
        more: Stops,
        _due: int = 0,
    ) -> int:
        """The moment of an aim with more pauses: of the visit's own clock, or as carried into a state."""
        state = self.procedure.states[aim.state] if aim.state is not None else here
        counted = self.spans(state) if aim.state is not None else spans
        return self.part(start, counted, side_of(state.owner), (*halts, *more), aim.percent)

    def over(self, state: State, entry: int) -> Stay:
        """A visit that the clock ends as it begins: nobody can ask for an extension or a pause."""
        return Stay(entry, (), self.spans(state)[:1], over=True)

    def plain(self, state: State, start: int, halts: Stops, percent: int) -> int:
        """The moment at which `percent` of a state's clock without extensions has run."""
        return self.part(start, self.spans(state)[:1], side_of(state.owner), halts, percent)

    def until(self, move: Move, entry: int) -> int:
        """The last moment for a move that has an `until`."""
        if move.until is None:
            return entry
        side: Side = "people" if any(duty in PEOPLE_DUTIES for duty in move.by) else "staff"
        return self.reckoner.leg(entry, spans_of(move.until, self.rows), side)

    def mark(self, state: State, start: int, halts: Stops, stay: Stay, percent: int) -> int:
        """The moment at which `percent` of a state's clock has run."""
        return self.part(start, stay.spans, side_of(state.owner), (*halts, *stay.halts), percent)

    def part(self, start: int, spans: tuple[Span, ...], side: Side, halts: Stops, percent: int) -> int:
        """The moment at which `percent` of spans has run: days rounded up, hours to the minute."""
        due = self.reckoner.due(start, spans, side, halts)
        if percent == 100:
            return due
        if len({span.unit for span in spans}) == 1:
            return self._of_one(
                start, Span(sum(span.n for span in spans), spans[0].unit), side, halts, percent
            )
        if percent < 100:
            return min(self._of_one(start, spans[0], side, halts, percent), due)
        return self._of_one(due, spans[0], side, halts, percent - 100)

    def _of_one(self, start: int, span: Span, side: Side, halts: Stops, percent: int) -> int:
        if span.unit not in HOURS:
            whole = share(start, span, percent)
            return self.reckoner.leg(start, whole, side, halts) if whole else start
        return self._minutes(start, span, side, halts, percent)

    def _minutes(self, start: int, span: Span, side: Side, halts: Stops, percent: int) -> int:
        """Percent of hours: the whole hours counted, the minutes walked back from the next whole hour."""
        hours, rest = divmod(span.n * 60 * percent // 100, 60)
        before = self.reckoner.leg(start, Span(hours, span.unit), side, halts) if hours else start
        if not rest:
            return before
        after = self.reckoner.leg(start, Span(hours + 1, span.unit), side, halts)
        return max(after - (60 - rest) * MINUTE, before)
