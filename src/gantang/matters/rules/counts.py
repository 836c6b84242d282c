"""What a matter adds to the tallies, as a pure function of its history.

A matter carries its own entries ``[day, measure, unit, n]``. Class, cause and present grid are those of
today, so that a matter classed anew takes its whole history with it; the unit is the one that answered when
it happened.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gantang.tallies.types import Delta

Entry = list[Any]  # [day in ISO form, measure, unit (0 where none), n]: JSON, kept on the row


def deltas(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Delta]:
    """What the change of a matter's row from ``before`` to ``after`` means for the tallies."""
    total: Counter[Delta] = Counter()
    for sign, fields in ((-1, before), (1, after)):
        for day, measure, unit, n in fields["counted"] if fields else ():
            total[_delta(fields or {}, day, measure, unit)] += sign * n
    return [_with(delta, n) for delta, n in total.items() if n]


def _delta(fields: Mapping[str, Any], day: str, measure: str, unit: int) -> Delta:
    return Delta(
        day=date.fromisoformat(day),
        scope=fields["scope"],
        grid_then=fields["grid_then"],
        grid_now=fields["grid_now"],
        klass=fields["class_code"],
        procedure=fields["procedure"],
        unit=unit,
        channel=fields["channel"],
        urban={True: "urban", False: "rural", None: ""}[fields["urban"]],
        cause=fields["cause_code"],
        measure=measure,
        n=0,
    )


def _with(delta: Delta, n: int) -> Delta:
    fields = {name: getattr(delta, name) for name in Delta.__slots__ if name != "n"}
    return Delta(**fields, n=n)


def add(entries: Iterable[Entry], new: Iterable[tuple[date, str, int | None, int]]) -> list[Entry]:
    """A matter's entries with new ones added up by day, measure and unit, in a fixed order."""
    total: Counter[tuple[str, str, int]] = Counter()
    for day, measure, unit, n in entries:
        total[day, measure, unit] += n
    for day_of, measure, of_unit, n in new:
        total[day_of.isoformat(), measure, of_unit or 0] += n
    return [[*key, n] for key, n in sorted(total.items()) if n]
