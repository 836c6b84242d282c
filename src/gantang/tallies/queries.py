"""The only way to read counts: folded and unfolded together, in one statement, so that a fold is never
seen."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from gantang.tallies import models, rules, statements
from gantang.tallies.errors import UnknownDimensionError
from gantang.tallies.reading import Filters as Filters
from gantang.tallies.reading import read
from gantang.tallies.types import Key

_STEPS = {"day": "day", "week": "date_trunc('week', day)::date", "month": "date_trunc('month', day)::date"}


def total(
    measure: str,
    *,
    ground: str,
    filters: Filters | None = None,
    since: date | None = None,
    until: date | None = None,
    basis: str = "now",
) -> int:
    """One count over a ground, from day to day inclusive. ``basis`` is ``now`` (the ground as it lies) or
    ``then``.

    ``filters`` maps dimensions to a value or a list of values; a class stands for all below it.
    """
    return totals([measure], ground=ground, filters=filters, since=since, until=until, basis=basis)[measure]


def totals(
    measures: Sequence[str],
    *,
    ground: str,
    filters: Filters | None = None,
    since: date | None = None,
    until: date | None = None,
    basis: str = "now",
) -> dict[str, int]:
    """Several counts at one moment: one statement, so that they fit together."""
    found = dict(read(["measure"], measures, ground, None, filters, since, until, basis))
    return {measure: found.get(measure, 0) for measure in measures}


def by(
    dimension: str,
    measure: str,
    *,
    ground: str,
    level: int | None = None,
    filters: Filters | None = None,
    since: date | None = None,
    until: date | None = None,
    basis: str = "now",
) -> dict[Any, int]:
    """A count split by a dimension, zeros left out; ``ground`` splits into the grounds of ``level`` digits
    (else the next)."""
    deeper = _deeper((dimension,), level, ground)
    return dict(read([dimension], [measure], ground, deeper, filters, since, until, basis))


def table(
    dimension: str,
    measures: Sequence[str],
    *,
    ground: str,
    level: int | None = None,
    filters: Filters | None = None,
    since: date | None = None,
    until: date | None = None,
    basis: str = "now",
) -> dict[Any, dict[str, int]]:
    """Several counts split by one dimension, in one statement."""
    deeper = _deeper((dimension,), level, ground)
    found: dict[Any, dict[str, int]] = {}
    for value, measure, n in read(
        [dimension, "measure"], measures, ground, deeper, filters, since, until, basis
    ):
        found.setdefault(value, dict.fromkeys(measures, 0))[measure] = n
    return found


def cross(
    one: str,
    other: str,
    measure: str,
    *,
    ground: str,
    level: int | None = None,
    filters: Filters | None = None,
    since: date | None = None,
    until: date | None = None,
    basis: str = "now",
) -> dict[tuple[Any, Any], int]:
    """A count split by two dimensions at once, in one statement, zeros left out; ``ground`` as in ``by``."""
    deeper = _deeper((one, other), level, ground)
    rows = read([one, other], [measure], ground, deeper, filters, since, until, basis)
    return {(first, second): n for first, second, n in rows}


def series(
    measure: str,
    *,
    ground: str,
    step: str = "day",
    filters: Filters | None = None,
    since: date | None = None,
    until: date | None = None,
    basis: str = "now",
) -> list[tuple[date, int]]:
    """A count by day, week (its Monday) or month (its first), in order; days on which nothing changed are
    left out."""
    if step not in _STEPS:
        raise UnknownDimensionError(details={"dimension": step})
    return sorted(read([_STEPS[step]], [measure], ground, None, filters, since, until, basis))


def all_rows(city: int) -> dict[Key, int]:
    """Everything kept of a city, folded or not, in the normal form of ``rules.fold``; for rebuild and
    comparison."""
    with connection.cursor() as cursor:
        cursor.execute(statements.ALL_ROWS, {"city": city})
        return {Key(*row[:-1]): row[-1] for row in cursor}


def touched_by(grounds: Iterable[str]) -> int:
    """How many matters, open and closed, count on these grounds as they lie now, and so would move along."""
    return sum(total("in", ground=ground) for ground in grounds)


def cities_to_fold() -> list[int]:
    """The cities with deltas that wait."""
    return sorted(models.Delta.objects.values_list("city", flat=True).distinct())


def cities() -> list[int]:
    """The cities that any count is kept of."""
    kept = models.Tally.objects.values_list("city").union(models.Delta.objects.values_list("city"))
    return sorted(city for (city,) in kept)


def measures() -> frozenset[str]:
    """Every registered measure."""
    return rules.measures()


def _deeper(dimensions: tuple[str, ...], level: int | None, ground: str) -> int | None:
    """The digits of the grounds that a count is split into, None where it is not. Errors:
    UnknownDimensionError."""
    for dimension in dimensions:
        if dimension not in (*statements.DIMENSIONS, "ground"):
            raise UnknownDimensionError(details={"dimension": dimension})
    return (level or _next_level(ground)) if "ground" in dimensions else None


def _next_level(ground: str) -> int:
    return next((length for length in rules.LEVELS if length > len(ground)), rules.LEVELS[-1])
