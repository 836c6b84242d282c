"""Changed remits: open work follows whoever answers now, one step each where something changed.

News of it (``remit.changed``) comes from the outbox when the change takes effect, and becomes a sweep.
Work that a move gave to somebody by name stays there; clocks run on. A matter for which nobody answers
any more stays where it is: work is never without an owner.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from gantang import engine
from gantang.engine import Case, Facts, Step
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.matters.models import Matter, Sweep
from gantang.matters.queries.holding import holders_of
from gantang.matters.service.facts import facts_for
from gantang.matters.service.taking import Taken
from gantang.outbox.types import Parcel
from gantang.procedures import queries as procedures

NEWS = "remit.changed"


def begin(parcel: Parcel) -> None:
    """A sweep for changed remits; the same parcel again begins nothing."""
    now = clock.now()
    Sweep.objects.get_or_create(
        kind=Sweep.REMIT,
        ground=str(parcel.refs["ground"]),
        key=str(parcel.stream),
        defaults={"id": parcel.stream, "after": now, "made_at": now},
    )


def needs(_sweep: Sweep, row: Matter, now: datetime) -> bool:
    """Whether another holds the work of a matter as it was read; one that cannot be told is looked at again
    under its lock, and counted as failed."""
    procedure = procedures.by_hash(row.procedure_hash)
    try:
        holders = holders_of(procedure, klass=row.class_code, ground=row.scope, now=now)
    except GantangError:
        return True
    return bool(engine.reroute(procedure, Case.from_dict(row.case), Facts(holders=holders), now))


def steps(_sweep: Sweep, taken: Taken) -> Sequence[Step]:
    """What the clock owed first, under those who held the work then; then who holds it now."""
    procedure, now = taken.procedure, taken.now
    facts = facts_for(procedure, taken.case, taken.row, klass=taken.row.class_code, now=now)
    owed = engine.lapse(procedure, taken.case, facts, taken.calendar, now)
    case = reduce(engine.apply, owed, taken.case)
    return (*owed, *engine.reroute(procedure, case, facts, now))
