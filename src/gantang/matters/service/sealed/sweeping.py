"""A changed calendar of the country, or an outage everywhere, for the open tips: all in one go, in no figure.

Tips follow the country's calendar alone, and no outage of a ground: either would tell where they are.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection

from gantang.engine import Calendar, Case, Procedure, Step
from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.kit.work import work
from gantang.matters.models import SealedTip
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed import talking

_CLOCK = Actor(client="clock")
#: Every tip that the clock still looks after.
_ALL = "SELECT * FROM sealed_due('infinity', 2147483647)"
log = structlog.get_logger()

Make = Callable[[Procedure, Case, Calendar], tuple[Step, ...]]


def sweep(make: Make, *, owed_by: datetime, now: datetime) -> None:
    """What the clock owed by a moment, then the steps that are made of each open tip; twice is once."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        every = [UUID(str(row[0])) for row in cursor.fetchall()]
    for tip in every:
        _one(tip, make, owed_by, now)


def _one(tip: UUID, make: Make, owed_by: datetime, now: datetime) -> None:
    """One tip in a transaction of its own; a failing one must not stop the others, and is not named."""
    try:
        with work(_CLOCK, ids=[tip]) as w:
            row = SealedTip.objects.select_for_update().filter(pk=tip).first()
            kept = keeping.of(row) if row is not None and row.keys is not None else None
            if row is None or kept is None or kept.case.is_closed:
                return
            kept = talking.owed(w, row, kept, owed_by)
            steps = list(make(kept.procedure, kept.case, keeping.calendar(now)))
            if steps:
                talking.write(w, row, kept, steps, answers={}, talk=None, now=now)
    except GantangError as error:
        log.error("matters.sealed_sweep", error=error.code)
