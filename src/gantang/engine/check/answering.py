"""The closed answers on which periods depend, and those sets of them that may make a way longest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gantang.engine.check.graph import Graph
from gantang.engine.model import Procedure, Within
from gantang.engine.time.span import Span, Unit

#: The code answered, by field.
Rows = Mapping[str, str]


def all_answers(procedure: Procedure) -> list[Rows]:
    """Every set of closed answers on which some period depends; one empty set when none does."""
    tables: dict[str, tuple[str, ...]] = {}
    for period in (*_periods(procedure), procedure.total):
        if period is not None and period.by is not None:
            codes = tuple(code for code, _ in period.rows)
            tables[period.by] = tuple(dict.fromkeys((*tables.get(period.by, ()), *codes)))
    return list(_product(list(tables.items()), {}))


def _periods(procedure: Procedure) -> list[Within | None]:
    periods = [state.within for state in procedure.states.values()]
    return [*periods, *(move.until for move in procedure.moves.values())]


def answers(graph: Graph) -> list[Rows]:
    """Those sets of closed answers that may make a way longest.

    A set that allows no longer period and no shorter total than another is left out, unless some move
    asks for an answer in which the two differ.
    """
    procedure = graph.procedure
    found, periods = all_answers(procedure), _periods(procedure)
    told = {
        guard.args[0]
        for move in procedure.moves.values()
        for guard in move.needs
        if guard.name == "chosen" and guard.args
    }
    kept: list[Rows] = []
    for rows in found:
        if not any(_same(one, rows, told) and _covers(one, rows, periods, procedure.total) for one in kept):
            kept = [
                one
                for one in kept
                if not (_same(rows, one, told) and _covers(rows, one, periods, procedure.total))
            ]
            kept.append(rows)
    return kept


def _same(one: Rows, other: Rows, fields: Collection[str]) -> bool:
    """Whether two sets agree on the answers that decide which moves there are."""
    return all(one.get(name) == other.get(name) for name in fields)


def _covers(one: Rows, other: Rows, periods: list[Within | None], total: Within | None) -> bool:
    """Whether one set of answers allows periods as long as another's, and a total no longer."""
    pairs = [(_span(period, one), _span(period, other)) for period in periods if period is not None]
    if total is not None:
        pairs.append((_span(total, other), _span(total, one)))
    return all(no_shorter(long, short) for long, short in pairs)


#: The fewest and the most natural days that one of a unit can be.
DAYS_OF = {Unit.DAYS: (1, 1), Unit.MONTHS: (28, 31), Unit.YEARS: (365, 366)}


def no_shorter(one: Span, other: Span) -> bool:
    """Whether a span never ends before another that begins with it; False where that depends on the day."""
    if one.unit is other.unit:
        return one.n >= other.n
    if one.unit not in DAYS_OF or other.unit not in DAYS_OF:
        return False
    return one.n * DAYS_OF[one.unit][0] >= other.n * DAYS_OF[other.unit][1]


def _span(period: Within, rows: Rows) -> Span:
    return period.of(rows.get(period.by or ""))


def _product(tables: list[tuple[str, tuple[str, ...]]], done: Rows) -> Iterator[Rows]:
    if not tables:
        yield done
        return
    (name, codes), *rest = tables
    for code in codes:
        yield from _product(rest, {**done, name: code})
