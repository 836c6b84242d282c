"""Clocks: started, stopped, lengthened, recomputed. Every moment that matters is put into the clock.

The due moment and the moments of the late rules are computed once, when the
clock is set; afterwards only recorded moments are compared, so that a late job,
a doubled one and two machines give the same end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from gantang.engine.model import PEOPLE_DUTIES, LateRule, Procedure
from gantang.engine.run.case import Case, Clock, Watch
from gantang.engine.time import Deadline, Extended, Paused, Span, Unit, deadline
from gantang.engine.time.calendar import ticks
from gantang.engine.time.legs import share
from gantang.engine.time.span import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from gantang.engine.time import Calendar, Side

_MINUTE = timedelta(minutes=1)
Stops = tuple[tuple["datetime", "datetime"], ...]


def side_of(duty: str | None) -> str:
    """Staff's last day ends at close of business, people's at 24:00."""
    return "people" if duty in PEOPLE_DUTIES else "staff"


def explain(clock: Clock, calendar: Calendar) -> Deadline:
    """The deadline again, with its explanation in words."""
    extensions = tuple(Extended(Span.parse(text)) for text in clock.extensions)
    return _due(clock, clock.start, Span.parse(clock.span), calendar, extensions)


def _due(
    clock: Clock, start: datetime, span: Span, calendar: Calendar, extensions: tuple[Extended, ...] = ()
) -> Deadline:
    side: Side = "people" if clock.side == "people" else "staff"
    pauses = tuple(Paused(since, until) for since, until in clock.stops)
    return deadline(start, span, calendar, side=side, pauses=pauses, extensions=extensions)


def start_state(
    procedure: Procedure,
    state: str,
    at: datetime,
    chosen: dict[str, str],
    calendar: Calendar,
    *,
    carried: Clock | None,
) -> Clock | None:
    """The clock of a state entered `at`; a handler's goes on from the one `carried`."""
    one = procedure.states[state]
    if one.within is None:
        return None
    span = one.within.of(chosen.get(one.within.by or ""))
    start, stops = (carried.start, carried.stops) if carried else (at, ())
    fresh = Clock(start, str(span), side_of(one.owner), at, calendar.version, stops=stops)
    return compute(procedure, fresh, calendar, at, of="state", state=state)


def start_total(
    procedure: Procedure, at: datetime, chosen: dict[str, str], calendar: Calendar
) -> Clock | None:
    if procedure.total is None:
        return None
    span = procedure.total.of(chosen.get(procedure.total.by or ""))
    fresh = Clock(at, str(span), "staff", at, calendar.version)
    return compute(procedure, fresh, calendar, at, of="total", state="")


def compute(
    procedure: Procedure, clock: Clock, calendar: Calendar, at: datetime, *, of: str, state: str
) -> Clock:
    """The clock with due moment and late moments for its present stops and extensions.

    It is set `at`: a late rule whose moment lies before that (a handler who takes on work
    long after dispatch) falls due then, so that steps stay in order.
    """
    found = explain(clock, calendar)
    watch = tuple(
        Watch(number, max(at, threshold(clock, rule.at, found.due, calendar)))
        for number, rule in _rules(procedure, of, state)
    )
    return replace(
        clock, due=found.due, calendar=found.calendar_version, provisional=found.provisional, watch=watch
    )


def _rules(procedure: Procedure, of: str, state: str) -> Iterable[tuple[int, LateRule]]:
    """Late rules that watch this clock, and are heard: a mark alone is derived, but watched too."""
    for number, rule in enumerate(procedure.late):
        if rule.of == of and (of == "total" or rule.holds_in(state)):
            yield number, rule


def threshold(clock: Clock, percent: int, due: datetime, calendar: Calendar) -> datetime:
    """The moment at which `percent` of the clock has run."""
    if percent == 100:
        return due
    spans = [Span.parse(clock.span), *(Span.parse(text) for text in clock.extensions)]
    if len({span.unit for span in spans}) == 1:
        whole = Span(sum(span.n for span in spans), spans[0].unit)
        return _part(clock, clock.start, whole, percent, calendar)
    if percent < 100:
        return min(_part(clock, clock.start, spans[0], percent, calendar), due)
    return _part(clock, due, spans[0], percent - 100, calendar)


def _part(clock: Clock, start: datetime, span: Span, percent: int, calendar: Calendar) -> datetime:
    """`percent` of a span from `start`: days rounded up; hours to the minute."""
    if span.unit.runs_from_the_moment:
        return _hours_part(clock, start, span, percent, calendar)
    part = share(ticks(start), span, percent)
    return _due(clock, start, part, calendar).due if part else start


def _hours_part(clock: Clock, start: datetime, span: Span, percent: int, calendar: Calendar) -> datetime:
    """A part of hours, to the minute: the whole hours, then what is left minute by minute."""
    hours, rest = divmod(min(span.n * percent * 60 // 100, MOST[span.unit] * 60), 60)
    at = _due(clock, start, Span(hours, span.unit), calendar).due if hours else start
    working = span.unit is Unit.WORKING_HOURS
    while rest:
        at, counted = _minutes(clock, at, rest, calendar, working=working)
        rest -= counted
    return at


def _minutes(
    clock: Clock, at: datetime, most: int, calendar: Calendar, *, working: bool
) -> tuple[datetime, int]:
    """Some minutes on, and how many count: as many as begin before the next stop or before the doors close;
    none where a stop or closed doors are leapt over."""
    ends = []
    for since, until in clock.stops:
        if since <= at < until:
            return until, 0
        if at < since:
            ends.append(since)
    if working and not calendar.is_open(at):
        return calendar.next_opening(at), 0
    if working:
        ends.append(calendar.closing(at))
    counted = min([most, *(-((at - end) // _MINUTE) for end in ends)])
    return at + counted * _MINUTE, counted


def restart(
    procedure: Procedure, clock: Clock, calendar: Calendar, at: datetime, *, of: str, state: str
) -> Clock:
    """A clock whose deadline may have moved `at`: rules that lie ahead of it fire anew."""
    moved = compute(procedure, clock, calendar, at, of=of, state=state)
    if moved.due == clock.due:
        return replace(moved, watch=_kept(clock, moved))
    ahead = {one.rule for one in moved.watch if one.at > at}
    return replace(moved, fired=tuple(rule for rule in clock.fired if rule not in ahead))


def _kept(clock: Clock, moved: Clock) -> tuple[Watch, ...]:
    """Same deadline: what fired keeps the moment at which it did."""
    fired = {one.rule: one for one in clock.watch if one.rule in clock.fired}
    return tuple(fired.get(one.rule, one) for one in moved.watch)


def stop(clock: Clock | None, since: datetime, until: datetime) -> Clock | None:
    """The clock with one more interval that does not count."""
    return clock and replace(clock, stops=merged((*clock.stops, (since, until))))


def cut(clock: Clock | None, since: datetime, now: datetime) -> Clock | None:
    """The clock with the interval begun at `since` ended now."""
    if clock is None:
        return None
    stops = tuple((a, min(b, now)) if a <= since < b else (a, b) for a, b in clock.stops)
    return replace(clock, stops=tuple((a, b) for a, b in stops if a < b))


def merged(intervals: Stops) -> Stops:
    """Overlapping intervals as one, in order."""
    found: list[tuple[datetime, datetime]] = []
    for since, until in sorted(intervals):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple(found)


def clocks_of(case: Case) -> tuple[tuple[str, Clock], ...]:
    """The clocks that run: none after the end."""
    if case.is_closed:
        return ()
    pair = (("state", case.clock), ("total", case.total))
    return tuple((of, clock) for of, clock in pair if clock is not None)
