"""The only way to change a count."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from gantang.kit import clock, keys
from gantang.kit.copy import copy_in
from gantang.kit.rows import fresh
from gantang.kit.work import Work
from gantang.tallies import models, rules, statements
from gantang.tallies.errors import InvalidDeltaError, UnknownMeasureError
from gantang.tallies.rebuilding import HoldError as HoldError
from gantang.tallies.rebuilding import Rebuilding as Rebuilding
from gantang.tallies.types import Delta, Rows

#: Deltas folded by one statement. Many of them meet in the same counts: of 20,000 one takes some 40 µs, of
#: 2,000 more than 110.
_CHUNK = 20_000


def register_measures(names: Iterable[str]) -> None:
    """Make the further measures known that packs name under ``counts``; done when a pack comes into force."""
    rules.register_measures(names)


def add(w: Work, *, city: int, deltas: Iterable[Delta], now: datetime | None = None) -> None:
    """Append changes of counts in the act's own transaction; equal ones of the whole act become one row.

    Errors: UnknownMeasureError, InvalidDeltaError.
    """
    new = list(deltas)
    for delta in new:
        _check(delta)
    collected: list[Delta] | None = w.memo.get(("tallies", city))
    if collected is None:
        collected = w.memo["tallies", city] = []
        w.before_end(lambda: _write(w, city, collected or [], now or clock.now()))
    collected += new


def _write(w: Work, city: int, deltas: Iterable[Delta], now: datetime) -> None:
    for delta in rules.merge(deltas):
        w.add(_row(city, delta, now))


def add_many(*, city: int, deltas: Iterable[Delta], now: datetime) -> int:
    """The same for bulk work, by COPY, inside the caller's transaction; the batch folds its own deltas
    first."""
    merged = rules.merge(deltas)
    for delta in merged:
        _check(delta)
    copy_in(models.Delta, (_row(city, delta, now) for delta in merged))
    return len(merged)


def _check(delta: Delta) -> None:
    wrong = rules.faults(delta)
    if "measure" in wrong:
        raise UnknownMeasureError(details={"measure": delta.measure})
    if wrong:
        raise InvalidDeltaError(details={"fields": wrong})


def _row(city: int, delta: Delta, at: datetime) -> models.Delta:
    return fresh(
        models.Delta,
        city=city,
        id=keys.mint(city, at),
        day=delta.day,
        scope=delta.scope,
        grid_then=delta.grid_then,
        grid_now=delta.grid_now,
        klass=delta.klass,
        procedure=delta.procedure,
        unit=delta.unit,
        channel=delta.channel,
        urban=delta.urban,
        cause=delta.cause,
        measure=delta.measure,
        campaign=delta.campaign,
        n=delta.n,
    )


def fold(city: int, *, now: datetime | None = None) -> int:
    """Fold what has come for one city into its tallies; returns the deltas folded, 0 if another is at it.

    Safe to repeat, to interrupt and to run twice at once: deltas go and tallies grow in one statement.
    """
    models.Fold.objects.bulk_create([models.Fold(city=city)], ignore_conflicts=True)
    folded, taken = 0, _CHUNK
    while taken == _CHUNK:  # what comes meanwhile is for the next time, together with more
        taken = _fold_chunk(city, now or clock.now())
        folded += taken
    return folded


def _fold_chunk(city: int, now: datetime) -> int:
    with transaction.atomic():
        mine = models.Fold.objects.select_for_update(skip_locked=True).filter(city=city).first()
        if mine is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(statements.FOLD, {"city": city, "limit": _CHUNK})
            (taken,) = cursor.fetchone()
        models.Fold.objects.filter(city=city).update(folded_at=now)
        return int(taken)


def replace(city: int, rows: Rows, *, now: datetime | None = None) -> int:
    """Put rebuilt counts (``rules.fold``'s normal form) in the place of a city's kept ones; returns the
    rows written.

    Call it in the transaction that replayed the ledger, at repeatable read, so that no act falls between
    the two.
    """
    with transaction.atomic():
        models.Fold.objects.bulk_create([models.Fold(city=city)], ignore_conflicts=True)
        models.Fold.objects.select_for_update().get(city=city)
        models.Delta.objects.filter(city=city).delete()
        models.Tally.objects.filter(city=city).delete()
        models.Margin.objects.filter(city=city).delete()
        copy_in(models.Tally, (models.Tally(city=city, n=n, **key._asdict()) for key, n in rows.items()))
        with connection.cursor() as cursor:
            cursor.execute(statements.ADD_UP, {"city": city})
        models.Fold.objects.filter(city=city).update(folded_at=now or clock.now())
    return len(rows)


compare = rules.compare
normal_form = rules.fold
