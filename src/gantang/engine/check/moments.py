"""When a state's late rules fall due: which of them together and in what order; what a carried clock owes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product

from gantang.engine.model import LateRule, Procedure
from gantang.engine.time.span import Span, Unit

#: Late rules by the moment at which they fall due.
Moments = list[list[LateRule]]

#: Hours that have surely run when a period of one day ends: it may begin at 0:00 and end at noon.
_SURELY_IN_A_DAY = {Unit.HOURS: 12, Unit.WORKING_HOURS: 3}
#: Days that are surely in a month and in a year.
_LEAST_DAYS = {Unit.MONTHS: 28, Unit.YEARS: 365}


def orders(procedure: Procedure, state: str) -> Iterator[Moments]:
    """The state's late rules as they fall due: those of one moment together, in the order of the file.

    In clocks of days percents round up to the same day; an extension, if taken, draws them apart.
    """
    rules = procedure.late_in(state)
    if procedure.states[state].extend is not None:
        yield _together(rules, lambda rule: rule.at)
    within = procedure.states[state].within
    span = within.spans()[0] if within is not None and within.spans() else None
    plain = _together(rules, lambda rule: rule.at if span is None else _share(span, rule.at))
    yield plain
    if span is not None and span.unit is Unit.DAYS and len(plain) > 1:
        yield from _rolled(plain)


def owed(procedure: Procedure, state: str, run: tuple[str, int]) -> Moments:
    """The state's late rules whose moment had surely come when as much of a clock had run elsewhere (`run`:
    the state and the percent): all at once, in the order of the file."""
    elsewhere, percent = run
    had, has = _period(procedure, elsewhere), _period(procedure, state)
    if had is None or has is None:
        return []
    rules = (rule for rule in procedure.late_in(state) if _outlasts(had, percent, has, rule.at))
    return [sorted(rules, key=_order)]


def _period(procedure: Procedure, state: str) -> Span | None:
    """The period of a state, if it is one for all answers."""
    within = procedure.states[state].within
    spans = within.spans() if within is not None else ()
    return spans[0] if len(set(spans)) == 1 else None


def _together(rules: Iterable[LateRule], due: Callable[[LateRule], int]) -> Moments:
    """Late rules by the moment at which they fall due, each moment's in the order of the file."""
    moments: dict[int, list[LateRule]] = {}
    for rule in sorted(rules, key=_order):
        moments.setdefault(due(rule), []).append(rule)
    return [moments[at] for at in sorted(moments)]


def _rolled(moments: Moments) -> Iterator[Moments]:
    """The same where days that end on rest days roll to one working day: neighbours fall together."""
    for cuts in product((False, True), repeat=len(moments) - 1):
        if not all(cuts):
            found = [list(moments[0])]
            for cut, rules in zip(cuts, moments[1:], strict=True):
                if cut:
                    found.append(list(rules))
                else:
                    found[-1] = sorted([*found[-1], *rules], key=_order)
            yield found


def _share(span: Span, percent: int) -> int:
    """A part of a span, in days rounded up; of anything else in percent of one of its unit."""
    if span.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        return -(-span.n * percent // 100)
    return span.n * percent


def _outlasts(had: Span, percent: int, has: Span, at: int) -> bool:
    """Whether a share of one span surely ends no earlier than a share of another that begins with it."""
    if had.unit is not has.unit and had.unit in _LEAST_DAYS:
        had = Span(had.n * _LEAST_DAYS[had.unit], Unit.DAYS)
    most, least = _share(had, percent), _share(has, at)
    if had.unit is has.unit:
        return least <= most
    if had.unit not in (Unit.DAYS, Unit.WORKING_DAYS):
        return False
    if has.unit is Unit.WORKING_DAYS:
        return least <= 1 <= most
    if has.unit is Unit.DAYS:
        return least <= most
    return least <= _SURELY_IN_A_DAY.get(has.unit, 0) * 100 * most


def _order(rule: LateRule) -> int:
    return rule.order
