"""What a change of a calendar would move, before it is taken: figures only, of what is not sealed."""

from collections import Counter
from datetime import datetime

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.catalogue.types import CalendarChange
from gantang.engine import Case
from gantang.kit import scope
from gantang.kit.actor import Actor, Triple
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.models import Matter
from gantang.matters.types import Touched
from gantang.procedures import queries as procedures

#: So many open matters are counted through; more would let the page wait.
MOST = 3000
#: Counts over all ground, without a duty on anything.
COUNTING = Actor(client="preview", sight=(Triple("*", "", "counting", 0),))


def touched_by(actor: Actor, change: CalendarChange, *, now: datetime, most: int = MOST) -> Touched:
    """How many of the ground's open deadlines would move, earliest due first. Errors: ForbiddenError."""
    if not actor.admin:
        raise ForbiddenError
    calendar_of = catalogue.proposed(change, at=now)
    rows = _open(change.ground, most + 1)
    found: Counter[str] = Counter()
    for row in rows[:most]:
        found[_effect(row, calendar_of(row.scope), now)] += 1
    return Touched(
        looked=min(len(rows), most),
        later=found["later"],
        earlier=found["earlier"],
        settled=found["settled"],
        more=len(rows) > most,
    )


def _open(ground: str, limit: int) -> list[Matter]:
    with reading(COUNTING):
        low, high = scope.bounds(ground)
        rows = Matter.objects.filter(ended_at=None, scope__gte=low, scope__lt=high).order_by("due_at", "id")
        return list(rows.only("city", "id", "scope", "procedure_hash", "case")[:limit])


def _effect(row: Matter, calendar: engine.Calendar, now: datetime) -> str:
    procedure, case = procedures.by_hash(row.procedure_hash), Case.from_dict(row.case)
    steps = engine.recompute(procedure, case, calendar, now)
    if not steps:
        return "none"
    after = engine.apply(case, steps[0])
    pairs = [
        (new.due - old.due).total_seconds()
        for old, new in ((case.clock, after.clock), (case.total, after.total))
        if old is not None and new is not None and new.due != old.due
    ]
    if not pairs:
        return "settled"
    return "later" if max(pairs, key=abs) > 0 else "earlier"
