"""The matters behind a count: those that carry an entry of it (``Matter.counted``, see ``rules.counts``)."""

import json
from typing import Any

from django.db.models import BooleanField, F, Func, JSONField, QuerySet, Value
from django.db.models.functions import Cast

from gantang.matters.models import Matter
from gantang.matters.types import Behind

OPEN = "open"


def behind(rows: QuerySet[Matter], key: Behind) -> QuerySet[Matter]:
    """Those that have an entry of the measure, in the days, of the unit; for ``open`` the open ones that are
    counted at all."""
    if key.measure == OPEN:
        return rows.filter(ended_at=None).exclude(counted=[])
    path, given = _path(key)
    variables = Cast(Value(json.dumps(given)), JSONField())
    jsonpath = Func(Value(path), template="(%(expressions)s)::jsonpath")
    has = Func(F("counted"), jsonpath, variables, function="jsonb_path_exists", output_field=BooleanField())
    return rows.filter(has)


def _path(key: Behind) -> tuple[str, dict[str, Any]]:
    """The entry [day, measure, unit, n] that is looked for, as a JSON path with variables; strict, for a lax
    path looks into the entries themselves."""
    wanted = {
        "@[1] == $measure": ("measure", key.measure),
        "@[0] >= $since": ("since", key.since and key.since.isoformat()),
        "@[0] <= $until": ("until", key.until and key.until.isoformat()),
        "@[2] == $unit": ("unit", key.unit),
    }
    kept = {test: pair for test, pair in wanted.items() if pair[1] is not None}
    return f"strict $[*] ? ({' && '.join(kept)})", dict(kept.values())
