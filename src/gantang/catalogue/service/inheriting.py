"""Local calendars follow changed ground, in the change's own transaction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from gantang.catalogue import queries
from gantang.catalogue.models import Day
from gantang.catalogue.service.calendar import change_calendar, listed
from gantang.catalogue.types import CalendarChange, LocalDay
from gantang.kit.actor import Actor
from gantang.territory.errors import UnsettledError
from gantang.territory.types import GroundChange, Inherited


def follow_ground(*, actor: Actor, change: GroundChange, now: datetime) -> int:
    """Give each ground the days that hold on it from now on, those that begin later too; how many calendars
    changed. The old codes keep theirs, for what was counted on them.

    Errors: NotAdminError, UnsettledError.
    """
    taken = 0
    for one in queries.following(change, at=now):
        if one.of is None:
            raise UnsettledError(details={"ground": one.ground})
        editions = [change_calendar(actor=actor, change_=each, now=now) for each in _editions(one, now)]
        taken += any(edition is not None for edition in editions)
    return taken


def _editions(one: Inherited, now: datetime) -> Iterator[CalendarChange]:
    """What the ground's calendar is to be: now, and at each moment at which the one that holds turns."""
    if one.of == one.ground:
        return
    source = f"区划调整：{'、'.join(code for code in one.options if code != one.ground)} → {one.ground}"
    for moment in (now, *_turns(one.of or "", now)):
        wanted = _days(one.of or "", moment)
        put = tuple(replace(day, ground=one.ground) for day in wanted)
        gone = {day.on for day in _days(one.ground, moment)} - {day.on for day in put}
        yield CalendarChange(one.ground, put, tuple(sorted(gone)), source=source, since=moment)


def _turns(ground: str, now: datetime) -> list[datetime]:
    """When days of a ground begin or end later on."""
    later = Day.objects.filter(Q(known_from__gt=now) | Q(known_to__gt=now), ground=ground) if ground else ()
    moments = {moment for row in later for moment in (row.known_from, row.known_to)}
    return sorted(moment for moment in moments if moment is not None and moment > now)


def _days(ground: str, at: datetime) -> list[LocalDay]:
    """The days listed for a code at a moment, none for no code."""
    return listed(ground, at) if ground else []
