"""What the clock owes: moves and reminders that fell due, applied by the worker. Late, doubled or in
parallel, the end is the same, because each applies at its own moment (procedures.md, Due first)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from gantang import engine
from gantang.kit import keys, trouble
from gantang.kit.actor import Actor, Triple
from gantang.kit.work import Work, reading, work
from gantang.matters import notices
from gantang.matters.models import Matter
from gantang.matters.service import documents, record
from gantang.matters.service.facts import facts_for
from gantang.matters.service.outage import held
from gantang.matters.service.taking import Taken

#: The clock sees all ground and what lies apart, and has no duty but its own.
CLOCK = Actor(client="clock", sight=(Triple("*", "", "clock", 0), Triple("*", "~", "clock", 0)))
JOB = "clock"


def wake(*, now: datetime, limit: int = 200) -> int:
    """Apply what fell due by ``now`` to at most ``limit`` matters, the longest due first; how many were
    touched. One that fails rests a while and stands in nobody's way."""
    resting = trouble.held(JOB, now)
    with reading(CLOCK):
        due = Matter.objects.filter(wake_at__lte=now).exclude(held(now)).exclude(id__in=resting)
        found = list(due.order_by("wake_at").values_list("city", "id")[:limit])
    known = trouble.known(JOB) if found else set()
    return sum(_one(city, matter, now, known=str(matter) in known) for city, matter in found)


def _one(city: int, matter: UUID, now: datetime, *, known: bool) -> bool:
    """One matter in a transaction of its own; a failing one must not stop the others."""
    return trouble.attempt(JOB, str(matter), now, lambda: owed(city, matter, now), known=known) or False


def owed(city: int, matter: UUID, now: datetime) -> bool:
    """What the clock owes one matter, which nobody has locked; whether it owed anything. Documents that its
    moves produce are set before the matter is."""
    try:
        return _owed(city, matter, now, None)
    except documents.Unwritten:
        return _owed(city, matter, now, set_ahead(matter, now, _steps))


def _owed(city: int, matter: UUID, now: datetime, ahead: documents.Ahead | None) -> bool:
    with work(CLOCK, ids=[matter]) as w:
        rows = Matter.objects.select_for_update(skip_locked=True)
        row = rows.filter(city=city, id=matter, wake_at__lte=now).first()
        return row is not None and lapse(w, row, now, ahead=ahead)


def set_ahead(
    matter: UUID, now: datetime, steps_of: Callable[[Taken], Sequence[engine.Step]]
) -> documents.Ahead:
    """The documents that the clock's steps produce, set on what can be read without a lock."""
    with reading(CLOCK, ids=[matter]):
        row = Matter.objects.filter(city=keys.city_of(matter), id=matter).first()
        if row is None:
            return documents.NONE
        taken = Taken(row, CLOCK, frozenset(), now)
        procedure, steps = taken.procedure, steps_of(taken)
        items = [(step.name, step.data) for step in steps]
        papers = documents.foreseen(taken, documents.produced(procedure, steps), items, {})
    return documents.set_ahead(procedure, papers)


def _steps(taken: Taken) -> tuple[engine.Step, ...]:
    procedure, case, row = taken.procedure, taken.case, taken.row
    facts = facts_for(procedure, case, row, klass=row.class_code, now=taken.now)
    return engine.lapse(procedure, case, facts, taken.calendar, taken.now)


def lapse(w: Work, row: Matter, now: datetime, *, ahead: documents.Ahead | None = None) -> bool:
    """Apply what the clock owes a locked matter, and tell whom it concerns; whether it owed anything. Errors:
    ``documents.Unwritten`` where ``ahead`` is None and documents are to be issued."""
    taken = Taken(row, CLOCK, frozenset(), now)
    steps = _steps(taken)
    if not steps:
        return False
    write(w, taken, steps, ahead=ahead)
    return True


def write(w: Work, taken: Taken, steps: Sequence[engine.Step], *, ahead: documents.Ahead | None) -> None:
    """Record the clock's steps, tell whom they concern, issue what they produce. Errors: as ``lapse``."""
    row, procedure = taken.row, taken.procedure
    kinds = documents.produced(procedure, steps)
    if kinds and ahead is None:
        raise documents.Unwritten
    record.record(w, row, [(step.name, step.data) for step in steps], actor=CLOCK, now=taken.now)
    for step in steps:
        notices.news(w, row, procedure, step, now=taken.now)
    documents.issue(w, taken, kinds, {}, ahead=ahead or documents.NONE)
