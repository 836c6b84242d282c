"""What the worker does again and again: each job at its own pace, in a thread of its own.

A job is safe to repeat, to interrupt and to run in two workers at once, so a missed turn is made up by the
next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from time import perf_counter

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from gantang.files import service as files
from gantang.host import beats
from gantang.kit import clock, figures, limits, once, spans
from gantang.learning import service as learning
from gantang.ledger import service as ledger
from gantang.matters import queries
from gantang.matters import service as matters
from gantang.matters.service import sealed
from gantang.outbox import service as outbox
from gantang.patrol import service as patrol
from gantang.procedures import service as procedures
from gantang.reception import service as reception
from gantang.tallies import queries as counts
from gantang.tallies import service as tallies
from gantang.territory import service as territory
from gantang.vault import service as vault

log = structlog.get_logger()

SECOND, MINUTE, HOUR, DAY = 1.0, 60.0, 3_600.0, 86_400.0
_LONGEST_PAUSE = 60.0
_BATCH = 200
_BITES = 5
_MAPS = 10


@dataclass(frozen=True, slots=True)
class Job:
    """Work that is looked for every so many seconds; how a silent one goes is told to nobody."""

    name: str
    every: float
    run: Callable[[], object]
    is_silent: bool = False


def wake() -> None:
    """Moves and reminders that fell due; what is left after a batch is taken at once."""
    while matters.wake(now=clock.now(), limit=_BATCH) == _BATCH:
        pass


def wake_sealed() -> None:
    """The same for what is kept sealed."""
    while sealed.wake(now=clock.now(), limit=_BATCH) == _BATCH:
        pass


def sweep() -> None:
    """Changed calendars and outages, through the open matters batch by batch."""
    while matters.sweep(now=clock.now()):
        pass


def upgrade() -> None:
    """Running matters that a new version takes over, some bites at a time so that the worker can stop."""
    for _ in range(_BITES):
        if not matters.upgrade(now=clock.now()):
            return


def fold() -> None:
    """Counts that acts left behind, folded upward."""
    for city in counts.cities_to_fold():
        tallies.fold(city)


def open_campaigns() -> None:
    """Campaigns whose day has come, and openings that broke off."""
    matters.open_due(clock=clock.now)


def make_figures() -> None:
    """Editions of figures that were ordered, and those that broke off."""
    reception.make_due(clock=clock.now)


def make_rosters() -> None:
    """Rosters that were asked for."""
    patrol.make_due(clock=clock.now)


def raise_orders() -> None:
    """Orders to vessels that nobody heard in time."""
    patrol.raise_due(now=clock.now())


def ground() -> None:
    """Changes of ground that were reviewed, on their day."""
    procedures.take_ground_changes(now=clock.now())


def checkpoints() -> None:
    """A checkpoint of each city that has none of today."""
    ledger.checkpoint_due(clock.now())


def proofs() -> None:
    """Versions that are to be proved once more."""
    procedures.prove_due(clock=clock.now)


def verifications() -> None:
    """Verifications of the ledger that were asked for, and those that broke off."""
    ledger.verify_due(clock=clock.now)


def commit_sealed() -> None:
    """A commitment of the day over what is kept sealed."""
    sealed.checkpoint_due(clock.now())


def draw() -> None:
    """Maps of ground that changed, some at a time so that the worker can stop."""
    now = clock.now()
    for _made in territory.make_layers(on=now.date(), now=now, most=_MAPS):
        pass


def retention() -> None:
    """People and words past their term, batch by batch, each matter by itself."""
    while matters.forget_due(now=clock.now(), limit=_BATCH) == _BATCH:
        pass
    reception.forget_comments_due(now=clock.now())
    while reception.forget_due(now=clock.now(), limit=_BATCH) == _BATCH:
        pass
    while learning.forget_due(now=clock.now(), limit=_BATCH) == _BATCH:
        pass
    while patrol.forget_due(now=clock.now(), limit=_BATCH) == _BATCH:
        pass


def erasures() -> None:
    """Lines of the list of erasures that somebody died over."""
    vault.write_down()


def sweep_files() -> None:
    """Stored bytes that no row refers to: pieces of uploads that were given up, what an act that failed had
    stored. Of a restored state nothing goes before it is released: other data may come back."""
    if not outbox.is_held():
        files.sweep(used=queries.stored_among, now=clock.now())


def keys() -> None:
    """Data keys and blind indexes taken over to a new key, some batches at a time so that the worker can
    stop."""
    for _ in range(_BITES):
        if not vault.go_on(now=clock.now()):
            return


def daily() -> None:
    """What grows old, and the months that come."""
    now = clock.now()
    try:
        ledger.add_months(now)
    finally:
        connections["owner"].close()
    while once.forget(now=now):
        pass
    outbox.purge(now=now)
    limits.forget(now=now)
    call_command("clearsessions")


JOBS = (
    Job("clock", SECOND, wake),
    Job("sealed", SECOND, wake_sealed, is_silent=True),
    Job("sweeps", SECOND, sweep),
    Job("upgrades", SECOND, upgrade),
    Job("counts", 5 * SECOND, fold),
    Job("campaigns", MINUTE, open_campaigns),
    Job("figures", SECOND, make_figures),
    Job("rosters", SECOND, make_rosters),
    Job("orders", 10 * SECOND, raise_orders),
    Job("ground", MINUTE, ground),
    Job("checkpoints", HOUR, checkpoints),
    Job("verifications", SECOND, verifications),
    Job("proofs", SECOND, proofs),
    Job("commitments", HOUR, commit_sealed, is_silent=True),
    Job("maps", MINUTE, draw),
    Job("daily", DAY, daily),
    Job("keys", SECOND, keys),
    Job("retention", DAY, retention),
    Job("files", DAY, sweep_files),
    Job("erasures", MINUTE, erasures),
)


def keep(job: Job, stop: Event) -> None:
    """Run a job until ``stop`` is set; wait for a database that is away, tell a fault and try again.

    Faults are tried again ever more slowly; a database that comes back is worked with at once.
    """
    failures = 0
    beats.mark(settings.GANTANG_WORK_DIR, job.name)
    while not stop.is_set():
        try:
            worked = _ran(job)
        except (OperationalError, InterfaceError):
            log.warning("work.database_away", job=job.name)
            _check_pool()
            stop.wait(SECOND)
            continue
        failures = 0 if worked else failures + 1
        if worked:
            beats.mark(settings.GANTANG_WORK_DIR, job.name)
        stop.wait(min(SECOND * 2**failures, _LONGEST_PAUSE) if failures else job.every)


def _ran(job: Job) -> bool:
    """Whether it went well. Errors: OperationalError, InterfaceError while the database is away."""
    began, ended = perf_counter(), "badly"
    try:
        with spans.silence() if job.is_silent else spans.span("job", job=job.name):
            job.run()
        ended = "well"
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        # One job's fault must not stop the others.
        log.exception("work.failed", job=job.name)
        return False
    finally:
        close_old_connections()
        if not job.is_silent:
            figures.worked(job.name, ended, perf_counter() - began)
    return True


def _check_pool() -> None:
    pool = getattr(connections["default"], "pool", None)
    if pool is not None and not pool.closed:
        pool.check()
