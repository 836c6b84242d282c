"""Word of what changes who answers, for the rooms above (``remit.changed``): a ground and a day,
nothing else.

It leaves when the change takes effect: at once, or at the beginning of a day to come.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from gantang.kit import clock, keys
from gantang.kit.work import Work
from gantang.outbox import service as outbox
from gantang.posts import rules

DESTINATION, NEWS = "matters", "remit.changed"


def remits_changed(w: Work, turns: Iterable[tuple[str, date]], now: datetime) -> None:
    """One parcel for each day on which something turns, for the least ground that holds all of it."""
    today = now.astimezone(clock.ZONE).date()
    by_day: dict[date, set[str]] = {}
    for ground, on in turns:
        by_day.setdefault(max(on, today), set()).add(ground)
    for on, grounds in sorted(by_day.items()):
        _put(w, rules.common_ground(grounds), on, now, at_once=on == today)


def _put(w: Work, ground: str, on: date, now: datetime, *, at_once: bool) -> None:
    outbox.put(
        w,
        destination=DESTINATION,
        kind=NEWS,
        city=keys.city_on(ground),
        stream=keys.mint(keys.city_on(ground), now),
        version=1,
        refs={"ground": ground, "on": on.isoformat()},
        now=now,
        after=None if at_once else datetime.combine(on, time(), clock.ZONE),
    )
