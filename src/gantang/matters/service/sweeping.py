"""Something done to every open matter of a ground, to closed ones too where the ground itself changed: in
batches by keyset, each open matter in a transaction of its own.

It may be stopped anywhere, run twice, and run on two machines: a matter that has what it is to have is left
alone, and the place reached is moved on only from where it was found. Sealed matters are treated like all
others, but are in no figure and in no list.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from gantang import engine
from gantang.engine import Case
from gantang.kit import scope
from gantang.kit.actor import is_apart
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, reading, work
from gantang.matters.models import Matter, Moved, Sweep
from gantang.matters.queries.standing import ALL
from gantang.matters.service import (
    documents,
    gathering,
    outage,
    recompute,
    relocating,
    rerouting,
    sealed,
    wake,
)
from gantang.matters.service.taking import Taken
from gantang.matters.service.wake import CLOCK

BATCH = 200
#: Where a matter failed (two remits that tie, say) all are looked at again after a while.
RETRY = timedelta(hours=1)
log = structlog.get_logger()


class Before(NamedTuple):
    """Both deadlines, the unit whose turn it is and who holds each duty, before a sweep came."""

    due: datetime | None
    total: datetime | None
    unit: int | None
    held: dict[str, tuple[int, int | None]]


Steps = Callable[[Sweep, Taken], Sequence[engine.Step]]
_STEPS: dict[str, Steps] = {
    Sweep.CALENDAR: recompute.steps,
    Sweep.OUTAGE: outage.steps,
    Sweep.REMIT: rerouting.steps,
}
_NEEDS: dict[str, Callable[[Sweep, Matter, datetime], bool]] = {
    Sweep.CALENDAR: recompute.needs,
    Sweep.OUTAGE: outage.needs,
    Sweep.REMIT: rerouting.needs,
}
#: What a sweep leaves in a matter's history.
_DONE = ("recomputed", "outage", "rerouted")
_TALLY = "UPDATE matter_sweep SET moved = moved + %s, settled = settled + %s WHERE id = %s"


def sweep(*, now: datetime, limit: int = BATCH) -> bool:
    """Go on with the sweep that waits longest, by one batch; False when none waits."""
    one = Sweep.objects.filter(done_at=None, after__lte=now).order_by("after", "made_at").first()
    if one is None:
        return False
    rows = _batch(one, limit)
    if len(rows) < limit and not one.ground and one.kind != Sweep.REMIT:
        _tips(one, now)
    failed = _failed(one, rows, now)
    if one.kind == Sweep.GROUND and len(rows) < limit:
        failed += gathering.gather(one, now)
    _move_on(one, rows, failed, now, last=len(rows) < limit)
    return True


def _failed(one: Sweep, rows: Sequence[Matter], now: datetime) -> int:
    if one.kind == Sweep.GROUND:
        return relocating.treat(one, rows, now)
    return sum(not _treated(one, row, now) for row in rows if _NEEDS[one.kind](one, row, now))


def _tips(one: Sweep, now: datetime) -> None:
    """Tips, before a sweep of the whole country ends: by the same rules, in no figure and no list."""
    owed_by = min(one.since or now, now)
    make = outage.maker(one, now) if one.kind == Sweep.OUTAGE else recompute.maker(now)
    sealed.sweep(make, owed_by=owed_by, now=now)


def _batch(one: Sweep, limit: int) -> list[Matter]:
    """The next open matters of the ground, by key; closed ones too where the ground changed."""
    with reading(CLOCK):
        scope.enter(ranges=ALL)
        rows = Matter.objects.all() if one.kind == Sweep.GROUND else Matter.objects.filter(ended_at=None)
        if one.ground:
            low, high = scope.bounds(one.ground)
            rows = rows.filter(scope__gte=low, scope__lt=high)
        if one.cursor is not None:
            rows = rows.filter(id__gt=one.cursor)
        return list(rows.order_by("id")[:limit])


def _treated(one: Sweep, seen: Matter, now: datetime) -> bool:
    """One matter, taken anew under its lock; a failing one must not stop the others."""
    try:
        try:
            _taken(one, seen, now, None)
        except documents.Unwritten:
            ahead = wake.set_ahead(seen.id, now, lambda taken: _STEPS[one.kind](one, taken))
            _taken(one, seen, now, ahead)
    except GantangError as error:
        log.error("matters.sweep", sweep=str(one.id), matter=str(seen.id), error=error.code)
        return False
    return True


def _taken(one: Sweep, seen: Matter, now: datetime, ahead: documents.Ahead | None) -> None:
    with work(CLOCK, ids=[seen.id]) as w:
        row = Matter.objects.select_for_update().filter(city=seen.city, id=seen.id, ended_at=None).first()
        if row is not None:
            _treat(w, one, Taken(row, CLOCK, frozenset(), now), ahead)


def _treat(w: Work, one: Sweep, taken: Taken, ahead: documents.Ahead | None) -> None:
    row = taken.row
    before = Before(row.due_at, row.total_due_at, row.owner_unit, _held(row))
    steps = _STEPS[one.kind](one, taken)
    wake.write(w, taken, steps, ahead=ahead)
    done = any(step.name in _DONE for step in steps)
    if done and row.ended_at is None and not is_apart(row.scope):
        _count(w, one, row, before)


def _count(w: Work, one: Sweep, row: Matter, before: Before) -> None:
    """Into the figures, and into the list where a deadline or the holder moved. A later pass over the same
    matter keeps where the first one began, and counts nothing again."""
    known = Moved.objects.filter(city=row.city, sweep=one.id, matter_id=row.id).first()
    after = {"due_after": row.due_at, "total_after": row.total_due_at, "unit_after": row.owner_unit}
    if known is not None:
        known.due_after, known.total_after, known.unit_after = row.due_at, row.total_due_at, row.owner_unit
        w.change(known, list(after))
    elif _stands(one, row, before):
        w.statement(_TALLY, [0, 1, one.id])
    else:
        w.statement(_TALLY, [1, 0, one.id])
        w.add(
            Moved(
                city=row.city,
                sweep=one.id,
                matter_id=row.id,
                scope=row.scope,
                due_before=before.due,
                total_before=before.total,
                unit_before=before.unit,
                **after,
            )
        )


def _stands(one: Sweep, row: Matter, before: Before) -> bool:
    """Whether what the sweep is about is as it was: the deadlines, or who holds the work."""
    if one.kind == Sweep.REMIT:
        return before.held == _held(row)
    return (before.due, before.total) == (row.due_at, row.total_due_at)


def _held(row: Matter) -> dict[str, tuple[int, int | None]]:
    return {duty: (held.unit, held.post) for duty, held in Case.from_dict(row.case).holders.items()}


def _move_on(one: Sweep, rows: Sequence[Matter], failed: int, now: datetime, *, last: bool) -> None:
    """The place reached, unless another machine was quicker; at the end: done, or when to begin again."""
    seen = sum(not is_apart(row.scope) for row in rows)
    looked, lost = (one.looked, one.failed) if one.cursor else (0, 0)  # each pass counts anew
    change: dict[str, object] = {"looked": looked + seen, "failed": lost + failed}
    change["cursor"] = rows[-1].id if rows else one.cursor
    if last:
        again = one.again or (now + RETRY if lost + failed else None)
        change |= {"done_at": None if again else now, "again": None}
        if again:
            change |= {"after": again, "cursor": None}
    place = {"cursor": one.cursor, "done_at": None, "after": one.after}
    Sweep.objects.filter(id=one.id, **place).update(**change)
