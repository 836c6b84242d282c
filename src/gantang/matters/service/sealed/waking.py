"""What the clock owes to tips: late rules, openings that ended, and forgetting."""

from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection

from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, work
from gantang.matters.models import SealedOpening, SealedTip
from gantang.matters.service.outage import held_everywhere
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed import opening, talking

_CLOCK = Actor(client="clock")
log = structlog.get_logger()


def wake(*, now: datetime, limit: int = 200) -> int:
    """Apply what fell due by ``now`` to at most ``limit`` tips; how many were touched. Nobody is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sealed_due(%s, %s)", [now, limit])
        due = [UUID(str(row[0])) for row in cursor.fetchall()]
    return sum(_one(tip, now) for tip in due)


def _one(tip: UUID, now: datetime) -> bool:
    """One tip in a transaction of its own; a failing one must not stop the others, and is not named."""
    try:
        with work(_CLOCK, ids=[tip]) as w:
            for ended in SealedOpening.objects.filter(tip=tip, until__lt=now):
                w.remove(ended)
            due = SealedTip.objects.filter(pk=tip, wake_at__lte=now)
            since = held_everywhere(now)  # what falls due in an outage waits for it
            row = (
                (due.filter(wake_at__lt=since) if since else due).select_for_update(skip_locked=True).first()
            )
            return row is not None and _owed(w, row, now)
    except GantangError as error:
        log.error("matters.sealed_wake", error=error.code)
        return False


def _owed(w: Work, row: SealedTip, now: datetime) -> bool:
    kept = keeping.of(row)
    if kept.case.is_closed:
        destroy(w, row)
        return True
    talking.owed(w, row, kept, now)
    return True


def destroy(w: Work, row: SealedTip) -> None:
    """Forget a tip: its keys go, and with them everything it held. The chain still verifies; what is left
    is a tombstone that says nothing."""
    opening.forget(w, UUID(str(row.id)))
    row.keys, row.talk, row.wake_at = None, None, None
    w.change(row, ["keys", "talk", "wake_at"])
