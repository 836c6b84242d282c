"""Changed ground: every matter on it, open or closed, comes to lie where its point lies now.

News of it (``grid.changed``) comes from the outbox, in the transaction that settles the parcel, and becomes
one sweep for each outermost old code. Where a matter began (``grid_then``) stays; where it lies (``scope``,
``grid_now``) follows its point, or, without one, the successor that the change names. Its counts move along,
because they follow from its row. Whoever holds an open matter goes on holding it: nothing is dispatched anew,
and a unit whose duty came from the ground keeps a share in it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID, uuid5

import structlog

from gantang import engine
from gantang.engine import Case
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, work
from gantang.matters.models import Matter, Sweep
from gantang.matters.service import documents, record, wake
from gantang.matters.service.taking import Taken
from gantang.matters.service.wake import CLOCK
from gantang.outbox.types import Parcel
from gantang.posts.types import WIDE
from gantang.territory import queries as territory

NEWS = "grid.changed"
#: A second look at what came in while other processes still knew the old codes.
AGAIN = timedelta(minutes=2)
_COUNT = "UPDATE matter_sweep SET moved = moved + %s WHERE id = %s"
log = structlog.get_logger()


def begin(parcel: Parcel) -> None:
    """A sweep for each outermost old code of a change; the same parcel again begins nothing."""
    change, now = UUID(str(parcel.refs["change"])), clock.now()
    told = territory.ground_change(change)
    rows = [
        Sweep(
            id=uuid5(change, root),
            kind=Sweep.GROUND,
            ground=root,
            key=str(change),
            after=now,
            again=now + AGAIN,
            made_at=now,
        )
        for root in told.roots
    ]
    Sweep.objects.bulk_create(rows, ignore_conflicts=True)


def treat(one: Sweep, rows: Sequence[Matter], now: datetime) -> int:
    """Move those of the rows that lie elsewhere now; how many failed. Open ones each on their own, closed
    ones together: nothing is owed for them."""
    places = _places(rows, now)
    moving = [row for row in rows if places[row.id] != _stands(row)]
    closed = [row for row in moving if row.ended_at is not None]
    alone = [row for row in moving if row.ended_at is None]
    if not _moved(one, closed, places, now):
        alone += closed
    return sum(not _moved(one, [row], places, now) for row in alone)


Place = tuple[str, bool | None]


def _stands(row: Matter) -> Place:
    return row.scope, row.urban


def _places(rows: Sequence[Matter], now: datetime) -> dict[UUID, Place]:
    """Where each lies now, and whether that is urban."""
    relocation = territory.Relocation(now.date())
    relocation.learn({row.scope for row in rows})
    found = {}
    for row in rows:
        point = None if row.lon is None or row.lat is None else (row.lon, row.lat)
        scope = relocation.of(row.scope, point)
        found[row.id] = (scope, territory.is_urban(scope))
    return found


def _moved(one: Sweep, seen: Sequence[Matter], places: dict[UUID, Place], now: datetime) -> bool:
    """Some matters in one transaction, taken anew under their locks; a failing one must not stop others."""
    if not seen:
        return True
    try:
        for row in seen:
            if row.ended_at is None:
                wake.owed(row.city, row.id, now)
        with work(CLOCK, ids=[row.id for row in seen]) as w:
            wanted = {(row.city, row.id): row for row in seen}
            found = [row for row in _locked(sorted(wanted)) if row.scope == wanted[row.city, row.id].scope]
            for row in found:
                _move(w, one, row, places[row.id], now)
            w.statement(_COUNT, [len(found), one.id])
    except GantangError as error:
        log.error("matters.relocate", sweep=str(one.id), matters=len(seen), error=error.code)
        return False
    return True


def _locked(keys: Sequence[tuple[int, UUID]]) -> Iterator[Matter]:
    """City by city: a cluster locks rows of one at a time."""
    for city, mine in groupby(keys, key=itemgetter(0)):
        ids = [each for _city, each in mine]
        yield from Matter.objects.select_for_update().filter(city=city, id__in=ids).order_by("id")


def _move(w: Work, one: Sweep, row: Matter, place: Place, now: datetime) -> None:
    """The new place, and the deadlines on its calendar; what the clock owes comes first, on the old one."""
    if row.wake_at is not None and row.wake_at <= now:  # fell due, or was held by somebody, a moment ago
        wake.lapse(w, row, now, ahead=documents.NONE)
    scope, urban = place
    data = {
        "at": now.isoformat(),
        "scope": scope,
        "division": scope[:12],
        "urban": urban,
        "change": one.key,
        "keeps": [list(one) for one in _keeps(row)],
    }
    record.record(w, row, [("relocated", data)], actor=CLOCK, now=now)
    for unit, duty in _keeps(row):
        record.share(w, row, unit, duty, now)
    if row.ended_at is None:
        taken = Taken(row, CLOCK, frozenset(), now)
        steps = engine.recompute(taken.procedure, taken.case, taken.calendar, now)
        wake.write(w, taken, steps, ahead=documents.NONE)


def _keeps(row: Matter) -> list[tuple[int, str]]:
    """The units of an open matter whose duty came from the ground alone: they keep a share."""
    if row.ended_at is not None:
        return []
    holders = Case.from_dict(row.case).holders
    return [(held.unit, duty) for duty, held in sorted(holders.items()) if duty in WIDE]
