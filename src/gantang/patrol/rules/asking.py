"""The plan that a roster is asked for by, in the form that files have."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gantang.patrol.types import Demand, NewRoster

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
    rules = {"rest": asked.rest, "run": asked.run, "most": asked.most}
    return {
        "first": asked.first.isoformat(),
        "days": asked.days,
        "kinds": KINDS,
        "rules": {**rules, "week": min(asked.run, _WEEK_DAYS)},
        "officers": list(officers),
        "needs": [one for point in asked.points for kind in KINDS for one in _needs(asked, point, kind)],
        "before": [{"post": post, "on": on.isoformat(), "kind": kind} for post, on, kind in before],
    }


def _needs(asked: NewRoster, point: UUID, kind: str) -> list[dict[str, Any]]:
    """What is needed at a point in a kind of shift: one line for all days alike, none where nobody serves."""
    days: dict[tuple[int, int, int], list[str]] = {}
    for ahead in range(asked.days):
        on = asked.first + timedelta(days=ahead)
        days.setdefault(_number(asked, point, kind, on), []).append(on.isoformat())
    place = {"place": str(point), "kind": kind}
    return [
        {
            **place,
            "on": "daily" if len(on) == asked.days else on,
            "number": number,
            "skills": {"helm": helm} if helm else {},
            "mixed": mixed,
        }
        for (number, helm, mixed), on in days.items()
        if number
    ]


def _number(asked: NewRoster, point: UUID, kind: str, on: date) -> tuple[int, int, int]:
    """How many, how many who steer, of how many agencies: by the last line that speaks of it."""
    for one in reversed(asked.other):
        if one.point in (None, point) and one.kind in ("", kind) and one.on in (None, on):
            return one.number, _at_most(one, one.helm, asked.helm), _at_most(one, one.mixed, asked.mixed)
    return asked.number, asked.helm, asked.mixed


def _at_most(one: Demand, own: int | None, elsewhere: int) -> int:
    return min(elsewhere, one.number) if own is None else own
