"""An outage: nobody could work, so all clocks of a ground stood still. Entered by an administrator, with a
reason.

It may still go on when it is entered: then what falls due waits, and at its end all is gone through once more
for what was opened meanwhile. What had lapsed before it was entered is not undone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import reduce
from uuid import UUID

from django.db.models import Q

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar, Case, Procedure, Step
from gantang.kit import keys, scope
from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.matters.errors import NotAdminError, OutageError, outage_ground, outage_reason, outage_span
from gantang.matters.models import Matter, Sweep
from gantang.matters.service.facts import facts_for
from gantang.matters.service.taking import Taken
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

#: Codes of reasons; the doors word them.
REASONS = ("power", "network", "system", "disaster", "maintenance", "other")
#: An outage is entered within so long of its beginning, and lasts at most so long ahead.
BACK, AHEAD = timedelta(days=60), timedelta(days=30)


def enter_outage(
    *, actor: Actor, ground: str, since: datetime, until: datetime, reason: str, now: datetime
) -> UUID:
    """Enter an outage; entered twice it is one. Errors: NotAdminError, OutageError."""
    if not actor.admin:
        raise NotAdminError
    _check(ground, since, until, reason, now)
    key = f"{since.isoformat()}/{until.isoformat()}"
    with work(actor) as w:
        id_ = keys.mint(keys.home(), now)
        row, is_new = Sweep.objects.get_or_create(
            kind=Sweep.OUTAGE,
            ground=ground,
            key=key,
            defaults={
                "id": id_,
                "since": since,
                "until": until,
                "reason": reason,
                "account": actor.account,
                "after": now,
                "again": until if until > now else None,
                "made_at": now,
            },
        )
        if is_new:
            _noted(w, "outage.entered", row, now)
    return row.id


def _noted(w: Work, step: str, row: Sweep, now: datetime) -> None:
    """The act's own step; what it does to each matter is a step there."""
    assert row.since is not None and row.until is not None  # noqa: S101 - just written
    span = {"since": row.since.isoformat(), "until": row.until.isoformat()}
    ledger.append(
        w,
        actor=w.actor,
        city=keys.home(),
        stream=ledger.stream_of("outage", str(row.id)),
        kind="outage",
        items=[(step, {"ground": row.ground, "reason": row.reason, **span})],
        happened_at=now,
        now=now,
        key=f"outage {row.ground or 'country'}",
    )


def _check(ground: str, since: datetime, until: datetime, reason: str, now: datetime) -> None:
    if reason not in REASONS:
        raise outage_reason(reason)
    if ground and not territory.exists(ground, now.date()):
        raise outage_ground(ground)
    if not (now - BACK <= since <= now and since < until <= now + AHEAD):
        raise outage_span()


def needs(sweep: Sweep, row: Matter, now: datetime) -> bool:
    """Whether the clocks of a matter as it was read have not stood still yet."""
    case = Case.from_dict(row.case)
    calendar = catalogue.calendar_for(row.scope, at=now)
    return bool(_step(procedures.by_hash(row.procedure_hash), case, sweep, calendar, now))


def steps(sweep: Sweep, taken: Taken) -> Sequence[Step]:
    """What the clock owed before the outage, then the pause."""
    procedure, now = taken.procedure, taken.now
    if sweep.since is None:
        raise OutageError
    facts = facts_for(procedure, taken.case, taken.row, klass=taken.row.class_code, now=now)
    owed = engine.lapse(procedure, taken.case, facts, taken.calendar, min(sweep.since, now))
    case = reduce(engine.apply, owed, taken.case)
    return (*owed, *_step(procedure, case, sweep, taken.calendar, now))


def maker(sweep: Sweep, now: datetime) -> Callable[[Procedure, Case, Calendar], tuple[Step, ...]]:
    """The steps for a case that has no row of ours."""
    return lambda procedure, case, calendar: _step(procedure, case, sweep, calendar, now)


def _step(
    procedure: engine.Procedure, case: Case, sweep: Sweep, calendar: engine.Calendar, now: datetime
) -> tuple[Step, ...]:
    if sweep.since is None or sweep.until is None:
        raise OutageError
    return engine.outage(
        procedure,
        case,
        sweep.since,
        sweep.until,
        calendar,
        now,
        account=sweep.account,
        reason=sweep.reason,
    )


def held_everywhere(now: datetime) -> datetime | None:
    """Since when an outage of all grounds is on its way; None where none is."""
    rows = Sweep.objects.filter(kind=Sweep.OUTAGE, done_at=None, since__lte=now, ground="")
    return min((row.since for row in rows if row.since is not None), default=None)


def held(now: datetime) -> Q:
    """Matters whose clocks wait for an outage that is on its way: they fell due since it began."""
    found = Q(pk__in=[])
    for row in Sweep.objects.filter(kind=Sweep.OUTAGE, done_at=None, since__lte=now):
        low, high = scope.bounds(row.ground) if row.ground else ("", "~~")
        found |= Q(scope__gte=low, scope__lt=high, wake_at__gte=row.since)
    return found
