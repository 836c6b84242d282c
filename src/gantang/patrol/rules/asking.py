"""The plan that a roster is asked for by, in the form that files have."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gantang.patrol.types import NewRoster

#: Three shifts of eight hours by day and night.
KINDS = {
    "early": {"begins": "06:00", "hours": 8},
    "late": {"begins": "14:00", "hours": 8},
    "night": {"begins": "22:00", "hours": 8, "night": True},
}
_WEEK_DAYS = 7


def plan_for(
    asked: NewRoster, officers: Iterable[Mapping[str, Any]], before: Iterable[tuple[int, date, str]]
) -> dict[str, Any]:
    """``officers`` as plans have them; ``before``: post, day and kind of what was served just before."""
    helm = {"helm": asked.helm} if asked.helm else {}
    need = {"number": asked.number, "skills": helm, "mixed": asked.mixed}
    rules = {"rest": asked.rest, "run": asked.run, "most": asked.most}
    return {
        "first": asked.first.isoformat(),
        "days": asked.days,
        "kinds": KINDS,
        "rules": {**rules, "week": min(asked.run, _WEEK_DAYS)},
        "officers": list(officers),
        "needs": [{"place": str(point), "kind": kind, **need} for point in asked.points for kind in KINDS],
        "before": [{"post": post, "on": on.isoformat(), "kind": kind} for post, on, kind in before],
    }
