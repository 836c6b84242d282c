"""The only way to read counts: folded and unfolded together, in one statement, so that a fold is never
seen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from gantang.kit.scope import bounds
from gantang.tallies import models, rules, statements
from gantang.tallies.errors import InvalidDeltaError, UnknownDimensionError, UnknownMeasureError
from gantang.tallies.types import Key

Filters = Mapping[str, Any]
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
    found = dict(_read(["measure"], measures, ground, None, filters, since, until, basis))
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
    return dict(_read([dimension], [measure], ground, deeper, filters, since, until, basis))


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
    for value, measure, n in _read(
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
    rows = _read([one, other], [measure], ground, deeper, filters, since, until, basis)
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
    return sorted(_read([_STEPS[step]], [measure], ground, None, filters, since, until, basis))


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


def _read(
    columns: list[str],
    measures: Iterable[str],
    ground: str,
    level: int | None,
    filters: Filters | None,
    since: date | None,
    until: date | None,
    basis: str,
) -> list[tuple[Any, ...]]:
    given: dict[str, Any] = {"measures": _known(measures)}
    place, folded, unfolded = _where(ground, level, basis, given)
    query = statements.read(
        columns=columns,
        place=place,
        folded=folded,
        unfolded=unfolded,
        filters=" AND ".join(
            ["measure = ANY(%(measures)s)", *_days(since, until, given), *_filters(filters, given)]
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return [row for row in cursor.fetchall() if row[-1]]


def _known(measures: Iterable[str]) -> list[str]:
    names = list(measures)
    for name in names:
        if not rules.is_measure(name):
            raise UnknownMeasureError(details={"measure": name})
    return names


def _where(ground: str, level: int | None, basis: str, given: dict[str, Any]) -> tuple[str, str, str]:
    """Where the ground of a delta is read, and the conditions on tallies and on deltas."""
    if basis not in ("now", "then"):
        raise UnknownDimensionError(details={"dimension": basis})
    given.update(ground=ground, basis=[rules.BOTH, rules.NOW if basis == "now" else rules.THEN])
    if ground.startswith("~"):
        return "scope", "ground = %(ground)s", "scope = %(ground)s"
    if len(ground) not in rules.LEVELS:
        raise InvalidDeltaError(details={"fields": ["ground"]})
    column = f"grid_{basis}"
    given["low"], given["high"] = bounds(ground)
    given["level"] = level or len(ground)
    range_test = "{0} >= %(low)s AND {0} < %(high)s AND length({0})"
    unfolded = f"{range_test.format(column)} >= %(level)s AND left(scope, 1) <> '~'"
    folded = f"{range_test.format('ground')} = %(level)s" if level else "ground = %(ground)s"
    return f"left({column}, %(level)s)", f"{folded} AND basis = ANY(%(basis)s)", unfolded


def _days(since: date | None, until: date | None, given: dict[str, Any]) -> list[str]:
    given.update(since=since, until=until)
    return (["day >= %(since)s"] if since else []) + (["day <= %(until)s"] if until else [])


def _filters(filters: Filters | None, given: dict[str, Any]) -> list[str]:
    return [_filter(name, value, given) for name, value in (filters or {}).items()]


def _filter(name: str, value: Any, given: dict[str, Any]) -> str:
    if name not in statements.DIMENSIONS:
        raise UnknownDimensionError(details={"dimension": name})
    values = [value] if isinstance(value, str | int | date) else list(value)
    given[f"f_{name}"] = values
    if name != "klass":
        return f"{name} = ANY(%(f_{name})s)"
    given["f_klass_below"] = [f"{each}.%" for each in values]
    return "(klass = ANY(%(f_klass)s) OR klass LIKE ANY(%(f_klass_below)s))"


def _deeper(dimensions: tuple[str, ...], level: int | None, ground: str) -> int | None:
    """The digits of the grounds that a count is split into, None where it is not. Errors:
    UnknownDimensionError."""
    for dimension in dimensions:
        if dimension not in (*statements.DIMENSIONS, "ground"):
            raise UnknownDimensionError(details={"dimension": dimension})
    return (level or _next_level(ground)) if "ground" in dimensions else None


def _next_level(ground: str) -> int:
    return next((length for length in rules.LEVELS if length > len(ground)), rules.LEVELS[-1])
