"""The ledger as truth: every row replayed from its steps, every count from the replayed rows; compared, and
with a repair put right.

A check reads one moment of each city (repeatable read) as the app's role, naming the matters batch by batch,
so that memory is bounded and row-level security stands. A repair first mends rows, each batch locked and in
a transaction of its own: interrupted, it is simply begun again. Then it checks, and replaces counts that
differ. What only people can restore (a gist, a point, a vault entry, a person's row) is reported and left
alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

import structlog
from django.db import connection

from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work, reading, work
from gantang.ledger import queries as ledger
from gantang.matters.models import Matter
from gantang.matters.queries import standing
from gantang.matters.queries.standing import Standing
from gantang.matters.rules import counts
from gantang.matters.rules.replay import Replayed
from gantang.matters.service import comparing, point, record
from gantang.matters.types import CountDifference, Difference, Listed, Rebuilt
from gantang.tallies import queries as kept
from gantang.tallies import service as tallies
from gantang.tallies.types import Delta

MOST = 1000
TRIES = 5
Progress = Callable[[int, int], None]
log = structlog.get_logger()


@dataclass(slots=True)
class Findings:
    """What was found so far, at most so much of it."""

    differences: list[Difference] = field(default_factory=list)
    counts: list[CountDifference] = field(default_factory=list)
    more: int = 0
    matters: int = 0
    steps: int = 0

    def add(self, one: Difference) -> None:
        if len(self.differences) < MOST:
            self.differences.append(one)
        else:
            self.more += 1

    def listed(self) -> Listed:
        return Listed(tuple(self.differences), tuple(self.counts), self.more)


def rebuild(
    *, now: datetime, city: int | None = None, repair: bool = False, progress: Progress | None = None
) -> Rebuilt:
    """Compare all matters (of a city) with the ledger; with ``repair`` put right what can be put right."""
    with reading(SYSTEM):
        sizes = ledger.counts(standing.KIND)
        cities = [city] if city is not None else sorted({*standing.cities(), *kept.cities()})
    tick = _ticking(progress, sum(sizes.get(one, 0) for one in cities) * (2 if repair else 1))
    mended, found = Findings(), Findings()
    for one in cities:
        if repair:
            _mend(one, mended, tick, now)
        _check(one, found, tick, mended if repair else None, now)
    return Rebuilt(found.matters, found.steps, found.listed(), mended.listed())


def _ticking(progress: Progress | None, total: int) -> Callable[[int], None]:
    done = 0

    def tick(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, max(total, done))

    return tick


# --- checking -----------------------------------------------------------------------------------------


def _check(
    city: int, found: Findings, tick: Callable[[int], None], mended: Findings | None, now: datetime
) -> None:
    """One city. A fold that ended just before it was to be held makes the moment too old: again."""
    for turn in range(TRIES):
        try:
            with _moment():
                _checked(city, found, tick, mended, now)
            return
        except tallies.HoldError:
            if turn == TRIES - 1:
                raise


@contextmanager
def _moment() -> Iterator[None]:
    """One moment's state for as long as it takes; inside another transaction, that one's."""
    nested = connection.in_atomic_block
    with reading(SYSTEM):
        with connection.cursor() as cursor:
            if not nested:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def _checked(
    city: int, found: Findings, tick: Callable[[int], None], mended: Findings | None, now: datetime
) -> None:
    rebuilding = tallies.Rebuilding(city)
    if mended is not None:
        rebuilding.hold()
    for ids in standing.told(city):
        rebuilding.add(chain.from_iterable(_deltas(one, found) for one in comparing.compared(city, ids)))
        tick(len(ids))
    for row in standing.untold(city):
        found.add(Difference(city, row.number, row.id, "ledger", "row", "-", mendable=False))
    _counts(city, rebuilding, found, mended, now)


def _deltas(one: comparing.Compared, found: Findings) -> list[Delta]:
    """The counts of a matter, as replayed; as stored where its chain cannot be followed."""
    found.matters, found.steps = found.matters + 1, found.steps + one.steps
    for difference in one.differences:
        found.add(difference)
    if one.replayed is not None:
        return counts.deltas(None, one.replayed.fields)
    return counts.deltas(None, record.fields_of(one.standing.row)) if one.standing.row else []


def _counts(
    city: int, rebuilding: tallies.Rebuilding, found: Findings, mended: Findings | None, now: datetime
) -> None:
    compared = rebuilding.compare(most=MOST)
    into = found if mended is None else mended
    into.counts += [
        CountDifference(city, tuple(str(one) for one in each.key), each.kept, each.rebuilt)
        for each in compared.differences
    ]
    into.more += compared.more
    if mended is not None and compared.differences:
        rebuilding.replace(now=now)
        log.warning("matters.counts_mended", city=city, counts=len(compared.differences) + compared.more)


# --- mending ------------------------------------------------------------------------------------------


def _mend(city: int, mended: Findings, tick: Callable[[int], None], now: datetime) -> None:
    after = UUID(int=0)
    while True:
        with reading(SYSTEM):
            ids = ledger.streams(standing.KIND, city, after=after, most=standing.BATCH)
        if not ids:
            return
        with work(SYSTEM, ids=ids) as w:
            # Locked first, read then: no act comes between the steps and the row.
            list(Matter.objects.select_for_update().filter(city=city, id__in=ids).order_by("id").only("id"))
            for one in comparing.compared(city, ids):
                _put_right(w, one, mended, now)
        tick(len(ids))
        after = ids[-1]


def _put_right(w: Work, one: comparing.Compared, mended: Findings, now: datetime) -> None:
    columns = [each for each in one.differences if each.mendable]
    if one.replayed is None or not columns:
        return
    row = _row_put_right(w, one.matter, one.city, one.standing, one.replayed)
    was, is_now = one.standing.parts, one.replayed.parts
    for unit, role in sorted(is_now - was):
        record.share(w, row, unit, role, now)
    for unit, role in sorted(was - is_now):
        record.unshare(w, row, unit, role, now)
    for each in columns:
        mended.add(each)
    log.warning("matters.mended", matter=str(one.matter), columns=[each.column for each in columns])


def _row_put_right(w: Work, matter: UUID, city: int, stands: Standing, replayed: Replayed) -> Matter:
    row = stands.row
    if row is None:
        row = Matter(city=city, id=matter, gist="", version=replayed.steps, **replayed.fields)
        w.add(row)
        return row
    was, stored, told = row.version, record.fields_of(row), point.kept(row, replayed.fields)
    changed = [name for name in record.PROJECTED if stored[name] != told[name]]
    for name in changed:
        setattr(row, name, told[name])
    row.version = replayed.steps
    if changed or was != row.version:
        w.change(row, [*changed, "version"], version=was)
    return row
