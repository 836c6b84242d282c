"""What a screen asks of the counts, at every level of ground: figures, splits and a line over time."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median, quantiles
from typing import Any

#: A screen's figures, and how far back it looks.
_FIGURES = ("in", "out", "late", "refused", "reopened")
_DAYS = 30
_GROUNDS = {
    "province": "36",
    "city": "3604",
    "county": "360428",
    "township": "360428101",
    "village": "360428101001",
}
#: The counts of the multiplied matters, as their acts would have left them: one row in, one out.
_DELTAS = """
INSERT INTO tallies_delta (city, id, scope, grid_then, grid_now, day, klass, procedure, unit, channel, urban,
                           cause, measure, campaign, n)
SELECT city, gen_random_uuid(), scope, grid_then, grid_now, (at AT TIME ZONE 'Asia/Shanghai')::date,
       class_code, procedure, 0, channel, 'rural', cause_code, measure, 0, 1
FROM matter CROSS JOIN LATERAL (VALUES (opened_at, 'in'), (ended_at, 'out')) AS counted (at, measure)
WHERE at IS NOT NULL AND left(scope, 1) <> '~'
"""


def measure(*, turns: int) -> dict[str, Any]:
    """Milliseconds of each question at each level, median and 95th of a hundred; the fold before it."""
    fold = _fill()
    return {"fold": fold} | {name: _level(name, ground, turns) for name, ground in _GROUNDS.items()}


def _level(name: str, ground: str, turns: int) -> dict[str, dict[str, float]]:
    found = {asked: _times(turns, work) for asked, work in _questions(ground).items()}
    shown = ", ".join(f"{asked} {one['p95_ms']:.1f} ms" for asked, one in found.items())
    print(f"  {name:9} {shown}", flush=True)
    return found


def _questions(ground: str) -> dict[str, Callable[[], object]]:
    from gantang.kit import clock
    from gantang.tallies import queries
    from gantang.tallies.types import STOCK

    until = clock.now().date()
    since = until - timedelta(days=_DAYS)
    span: dict[str, Any] = {"ground": ground, "since": since, "until": until}
    year: dict[str, Any] = {**span, "since": date(until.year, 1, 1)}
    asked: dict[str, Callable[[], object]] = {
        "figures": lambda: queries.totals(_FIGURES, **span),
        "figures of the year": lambda: queries.totals(_FIGURES, **year),
        "open": lambda: queries.totals(STOCK, ground=ground, until=until),
        "by class": lambda: queries.by("klass", "in", **span),
        "by unit": lambda: queries.table("unit", _FIGURES, **span),
        "by day": lambda: queries.series("in", **span),
        "by month": lambda: queries.series("in", step="month", **year),
    }
    if len(ground) < 12:
        asked["by ground"] = lambda: queries.table("ground", _FIGURES, **span)
        asked["open by ground"] = lambda: queries.table("ground", STOCK, ground=ground)
    return asked


def _times(turns: int, work: Callable[[], object]) -> dict[str, float]:
    work()
    seen = []
    for _ in range(max(turns, 20)):
        begun = time.perf_counter()
        work()
        seen.append((time.perf_counter() - begun) * 1000)
    return {"ms": median(seen), "p95_ms": quantiles(seen, n=20, method="inclusive")[18]}


def _fill() -> dict[str, float]:
    """Counts of all matters, folded; what was kept before goes."""
    from django.db import connections

    from gantang.tallies import queries, service

    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE tallies_delta, tallies_tally, tallies_margin")
        cursor.execute(_DELTAS)
        deltas = cursor.rowcount
    begun = time.perf_counter()
    folded = 0
    while cities := queries.cities_to_fold():  # the worker folds beside us
        folded += sum(service.fold(city) for city in cities)
        time.sleep(0.2)
    seconds = time.perf_counter() - begun
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) tallies_tally, tallies_margin, tallies_delta")
    print(f"  {folded:,} of {deltas:,} deltas folded, {deltas / seconds:,.0f}/s with the worker", flush=True)
    return {"deltas": deltas, "per_s": deltas / seconds}
