"""From rows to what the doors get."""

from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Case
from gantang.matters.models import Matter
from gantang.matters.types import Clock, Holding, MatterRow, MatterView

_ROW = tuple(field.name for field in fields_of(MatterRow))


def row_views(rows: QuerySet[Matter]) -> list[MatterRow]:
    """Lines of a list: the columns that it shows, and no more, without a model's object for each."""
    return [MatterRow(*columns) for columns in rows.values_list(*_ROW)]


def row_view(row: Matter) -> MatterRow:
    """One line of a list."""
    return MatterRow(**_columns(row))


def _columns(row: Matter) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _ROW}


def matter_view(row: Matter, duties: frozenset[str], *, now: datetime) -> MatterView:
    """A matter opened."""
    case = Case.from_dict(row.case)
    parent = (row.parent_city, row.parent_id)
    return MatterView(
        **_columns(row),
        division=row.division,
        grid_now=row.grid_now,
        lon=row.lon,
        lat=row.lat,
        cause_code=row.cause_code,
        anonymous=row.anonymous,
        reachable=row.reachable,
        procedure_version=row.procedure_version,
        procedure_hash=row.procedure_hash,
        parent=parent if parent[0] is not None and parent[1] is not None else None,  # type: ignore[arg-type]
        holdings=tuple(Holding(duty, held.unit, held.post) for duty, held in sorted(case.holders.items())),
        clocks=clocks_of(row, case, now=now),
        duties=duties,
        facility=row.facility,
    )


def clocks_of(row: Matter, case: Case, *, now: datetime) -> tuple[Clock, ...]:
    """The running clocks with their working; none at an end."""
    if case.is_closed:
        return ()
    calendar = catalogue.calendar_for(row.scope, at=now)
    found = (("state", case.clock), ("total", case.total))
    return tuple(_clock(of, clock, case, calendar) for of, clock in found if clock is not None)


def _clock(of: str, clock: engine.Clock, case: Case, calendar: engine.Calendar) -> Clock:
    worked = engine.explain(clock, calendar)
    plain = engine.explain(_unextended(clock), calendar).due if clock.extensions else None
    return Clock(
        of=of,
        due_at=clock.due,
        paused=case.pause is not None,
        provisional=clock.provisional,
        explanation=worked.explanation,
        start_at=clock.start,
        span=clock.span,
        stops=clock.stops,
        unextended_at=plain,
    )


def _unextended(clock: engine.Clock) -> engine.Clock:
    return replace(clock, extensions=())
