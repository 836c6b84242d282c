"""The matters behind a count: those that carry an entry of it (``Matter.counted``, see ``rules.counts``)."""

import json
from typing import Any

from django.db.models import BooleanField, F, Func, JSONField, QuerySet, Value
from django.db.models.functions import Cast

from gantang.matters.models import Matter
from gantang.matters.types import Behind

OPEN = "open"
_URBAN = {"urban": True, "rural": False, "none": None}


def behind(rows: QuerySet[Matter], key: Behind) -> QuerySet[Matter]:
    """Those that have an entry of the measure, in the days, of the unit; for ``open`` the open ones that came
    in: a campaign's own entries count its coverage, and are no part of the stock."""
    rows = _split(rows, key)
    if key.measure == OPEN:
        return rows.filter(_has({"measure": "in"})).filter(ended_at=None)
    given = {"since": key.since and key.since.isoformat(), "until": key.until and key.until.isoformat()}
    return rows.filter(_has({"measure": key.measure, "unit": key.unit, **given}))


def _split(rows: QuerySet[Matter], key: Behind) -> QuerySet[Matter]:
    """Those of its cause, and of town or country as the count knows them."""
    if key.cause is not None:
        rows = rows.filter(cause_code=key.cause)
    if key.urban in _URBAN:
        rows = rows.filter(**{"urban_then" if key.then else "urban": _URBAN[key.urban]})
    return rows


def _has(wanted: dict[str, Any]) -> Func:
    """That there is an entry like this."""
    path, given = _path(wanted)
    variables = Cast(Value(json.dumps(given)), JSONField())
    jsonpath = Func(Value(path), template="(%(expressions)s)::jsonpath")
    return Func(F("counted"), jsonpath, variables, function="jsonb_path_exists", output_field=BooleanField())


def _path(wanted: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The entry [day, measure, unit, n] that is looked for, as a JSON path with variables; strict, for a lax
    path looks into the entries themselves."""
    tests = {
        "measure": "@[1] == $measure",
        "since": "@[0] >= $since",
        "until": "@[0] <= $until",
        "unit": "@[2] == $unit",
    }
    given = {name: wanted[name] for name in tests if wanted.get(name) is not None}
    return f"strict $[*] ? ({' && '.join(tests[name] for name in given)})", given
