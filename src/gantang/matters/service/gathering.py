"""Grids that became one are asked once by each campaign: what nobody acted in yet goes into the other matter.

It comes at the end of each pass of a sweep of changed ground, when all matters lie where they lie now. Found
by what lies together, not by what was moved: done twice, broken off or on two machines, the end is the same.
The rule is ``rules/doubled``; the act is the merge that the procedure itself has, so that the original stays
and its history says why.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from gantang.engine import Case
from gantang.kit import scope
from gantang.kit.actor import Actor, Triple
from gantang.kit.errors import GantangError
from gantang.kit.work import reading, work
from gantang.matters.models import Matter, Sweep
from gantang.matters.queries.standing import ALL
from gantang.matters.rules import doubled
from gantang.matters.service.act import make
from gantang.matters.service.links import both
from gantang.matters.service.wake import CLOCK
from gantang.procedures import queries as procedures
from gantang.territory import queries as territory

#: So many grounds are looked at in one query.
BATCH = 1000
#: The clock, under the duty by which a pack lets one matter go into another.
GATHERING = Actor(client="clock", sight=(Triple("*", "", "dispatcher", 0),))
log = structlog.get_logger()


def gather(one: Sweep, now: datetime) -> int:
    """Merge what the sweep's change brought together; how many failed."""
    told = territory.ground_change(UUID(one.key))
    ours = sorted({line.new for line in told.successions if line.old.startswith(one.ground) and line.new})
    return sum(
        not _merged(matter, into, now)
        for start in range(0, len(ours), BATCH)
        for matter, into in _doubled(ours[start : start + BATCH])
    )


def _doubled(grounds: Sequence[str]) -> list[tuple[UUID, UUID]]:
    with reading(CLOCK):
        scope.enter(ranges=ALL)
        rows = Matter.objects.filter(scope__in=grounds, campaign__isnull=False, ended_at=None)
        return doubled.pairs(_asked(rows.values_list("id", "campaign", "scope", "case").iterator()))


def _asked(rows: Iterator[tuple[UUID, int | None, str, dict[str, object]]]) -> Iterator[doubled.Asked]:
    for matter, campaign, ground, plain in rows:
        case = Case.from_dict(plain)
        if doubled.can_merge(procedures.by_hash(case.hash)):
            yield doubled.asked(matter, campaign, ground, case)


def _merged(matter: UUID, into: UUID, now: datetime) -> bool:
    """One into another, both looked at anew under their locks; a failing one must not stop the others."""
    try:
        with work(GATHERING, ids=[matter, into]) as w:
            ends = both(GATHERING, matter, into, now=now)
            row, target = ends[matter].row, ends[into].row
            if row.ended_at is None and target.ended_at is None and (matter, into) in _still(row, target):
                make(w, ends[matter], doubled.MERGE, {"into": str(into)})
    except GantangError as error:
        log.error("matters.gather", matter=str(matter), into=str(into), error=error.code)
        return False
    return True


def _still(*rows: Matter) -> list[tuple[UUID, UUID]]:
    return doubled.pairs(
        doubled.asked(row.id, row.campaign, row.scope, Case.from_dict(row.case)) for row in rows
    )
