"""How counts are read: from the margin that answers a question, else from the counts themselves, together
with what is not folded yet, in one statement."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from gantang.kit.scope import bounds
from gantang.tallies import margins, rules, statements
from gantang.tallies.errors import InvalidDeltaError, UnknownDimensionError, UnknownMeasureError

Filters = Mapping[str, Any]
_NAMES = frozenset((*statements.DIMENSIONS, "ground"))


def read(
    columns: list[str],
    measures: Iterable[str],
    ground: str,
    level: int | None,
    filters: Filters | None,
    since: date | None,
    until: date | None,
    basis: str,
) -> list[tuple[Any, ...]]:
    """Rows of the columns asked for with their sum, zeros left out; ``level``: on grounds of so many digits.

    Errors: UnknownMeasureError, UnknownDimensionError, InvalidDeltaError.
    """
    given: dict[str, Any] = {"measures": _known(measures)}
    place, folded, unfolded = _where(ground, level, basis, given)
    used = {*(name if name in _NAMES else "day" for name in columns), *(filters or {})}
    by = margins.dimension(used, ground, level)
    if by is not None:
        given |= _stretches(by, since, until, by_day="day" in used)
    query = statements.read(
        columns=columns,
        kept=statements.counts(folded) if by is None else statements.sums(by, below=level is not None),
        place=place,
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


def _stretches(by: str, since: date | None, until: date | None, *, by_day: bool) -> dict[str, Any]:
    """The margin and the stretches of days that it is read over."""
    found = (margins.single if by_day else margins.cover)(since, until)
    return {
        "dimension": by,
        "spans": [one.span for one in found],
        "firsts": [str(one.since or "-infinity") for one in found],
        "befores": [str(one.before or "infinity") for one in found],
    }


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
