"""What a matter adds to the tallies, as a pure function of its history.

A matter carries its own entries ``[day, measure, unit, n]``. Class, cause and present grid are those of
today, so that a matter classed anew takes its whole history with it; the unit is the one that answered when
it happened.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from gantang.kit.actor import is_apart
from gantang.tallies.types import CAMPAIGN_MEASURES, Delta

_URBAN = {True: "urban", False: "rural", None: ""}
Entry = list[Any]  # [day in ISO form, measure, unit (0 where none), n]: JSON, kept on the row


def deltas(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Delta]:
    """What the change of a matter's row from ``before`` to ``after`` means for the tallies."""
    total: Counter[tuple[Any, ...]] = Counter()
    for sign, fields in ((-1, before), (1, after)):
        if fields:
            _add(total, sign, fields)
    return [
        Delta(date.fromisoformat(day), *(*where, unit, *what, measure, n, campaign))
        for (day, where, unit, what, measure, campaign), n in total.items()
        if n
    ]


def _add(total: Counter[tuple[Any, ...]], sign: int, fields: Mapping[str, Any]) -> None:
    for where, what in _dimensions(fields):
        for day, measure, unit, n in fields["counted"]:
            campaign = (fields["campaign"] or 0) if measure in CAMPAIGN_MEASURES else 0
            total[day, where, unit, what, measure, campaign] += sign * n


def _dimensions(fields: Mapping[str, Any]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """What all entries of a matter share, in the order of ``Delta``: before its unit, and behind it.

    Ground that has become urban since counts apart as then and as now, so that both stay exact.
    """
    then, now = fields["grid_then"], fields["grid_now"]
    was, is_now = _URBAN[fields["urban_then"]], _URBAN[fields["urban"]]
    if was == is_now or is_apart(fields["scope"]):
        yield _row(fields, then, now, is_now)
    else:
        yield _row(fields, then, "", was)
        yield _row(fields, "", now, is_now)


def _row(
    fields: Mapping[str, Any], then: str, now: str, urban: str
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    where = (fields["scope"], then, now, fields["class_code"], fields["procedure"])
    return where, (fields["channel"], urban, fields["cause_code"])


def add(entries: Iterable[Entry], new: Iterable[tuple[date, str, int | None, int]]) -> list[Entry]:
    """A matter's entries with new ones added up by day, measure and unit, in a fixed order."""
    total: Counter[tuple[str, str, int]] = Counter()
    for day, measure, unit, n in entries:
        total[day, measure, unit] += n
    for day_of, measure, of_unit, n in new:
        total[day_of.isoformat(), measure, of_unit or 0] += n
    return [[*key, n] for key, n in sorted(total.items()) if n]
