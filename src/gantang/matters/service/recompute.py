"""A changed calendar: the deadlines of open matters counted again, one step each where something changed.

News of it (``calendar.changed``) comes from the outbox, in the transaction that settles the parcel, and
becomes a sweep. A lapse that fired is not undone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import reduce

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Case, Procedure, Step
from gantang.kit import clock
from gantang.matters.models import Matter, Sweep
from gantang.matters.service.facts import facts_for
from gantang.matters.service.taking import Taken
from gantang.outbox.types import Parcel
from gantang.procedures import queries as procedures

NEWS = "calendar.changed"


def begin(parcel: Parcel) -> None:
    """A sweep for a changed calendar; the same parcel again begins nothing."""
    refs, now = parcel.refs, clock.now()
    Sweep.objects.get_or_create(
        kind=Sweep.CALENDAR,
        ground=str(refs["ground"]),
        key=str(refs["number"]),
        defaults={"id": parcel.stream, "after": now, "made_at": now},
    )


def needs(sweep: Sweep, row: Matter, now: datetime) -> bool:
    """Whether a matter as it was read has anything to gain: most need no lock."""
    case = Case.from_dict(row.case)
    calendar = catalogue.calendar_for(row.scope, at=now)
    return bool(engine.recompute(procedures.by_hash(row.procedure_hash), case, calendar, now))


def maker(now: datetime) -> Callable[[Procedure, Case, Calendar], tuple[Step, ...]]:
    """The steps for a case that has no row of ours."""
    return lambda procedure, case, calendar: engine.recompute(procedure, case, calendar, now)


def steps(sweep: Sweep, taken: Taken) -> Sequence[Step]:
    """What the clock owed first, then the deadlines again."""
    procedure, now = taken.procedure, taken.now
    facts = facts_for(procedure, taken.case, taken.row, klass=taken.row.class_code, now=now)
    owed = engine.lapse(procedure, taken.case, facts, taken.calendar, now)
    case = reduce(engine.apply, owed, taken.case)
    return (*owed, *engine.recompute(procedure, case, taken.calendar, now))
