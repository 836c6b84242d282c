"""What the clock owes: moves and reminders that fell due, applied by the worker. Late, doubled or in
parallel, the end is the same, because each applies at its own moment (procedures.md, Due first)."""

from datetime import datetime
from uuid import UUID

import structlog

from gantang import engine
from gantang.kit.actor import Actor, Triple
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, reading, work
from gantang.matters import notices
from gantang.matters.models import Matter
from gantang.matters.service import documents, record
from gantang.matters.service.facts import facts_for
from gantang.matters.service.outage import held
from gantang.matters.service.taking import Taken

#: The clock sees all ground, and has no duty but its own.
CLOCK = Actor(client="clock", sight=(Triple("*", "", "clock", 0),))
log = structlog.get_logger()


def wake(*, now: datetime, limit: int = 200) -> int:
    """Apply what fell due by ``now`` to at most ``limit`` matters; how many were touched."""
    with reading(CLOCK):
        due = Matter.objects.filter(wake_at__lte=now).exclude(held(now)).order_by("wake_at")
        found = list(due.values_list("city", "id")[:limit])
    return sum(_one(city, matter, now) for city, matter in found)


def _one(city: int, matter: UUID, now: datetime) -> bool:
    """One matter in a transaction of its own; a failing one must not stop the others."""
    try:
        with work(CLOCK, ids=[matter]) as w:
            rows = Matter.objects.select_for_update(skip_locked=True)
            row = rows.filter(city=city, id=matter, wake_at__lte=now).first()
            return row is not None and lapse(w, row, now)
    except GantangError as error:
        log.error("matters.wake", matter=str(matter), error=error.code)
        return False


def lapse(w: Work, row: Matter, now: datetime) -> bool:
    """Apply what the clock owes a locked matter, and tell whom it concerns; whether it owed anything."""
    taken = Taken(row, CLOCK, frozenset(), now)
    procedure, case = taken.procedure, taken.case
    facts = facts_for(procedure, case, row, klass=row.class_code, now=now)
    steps = engine.lapse(procedure, case, facts, taken.calendar, now)
    if not steps:
        return False
    record.record(w, row, [(step.name, step.data) for step in steps], actor=CLOCK, now=now)
    for step in steps:
        notices.news(w, row, procedure, step, now=now)
    documents.issue(w, taken, documents.produced(procedure, steps), {}, ahead=documents.NONE)
    return True
