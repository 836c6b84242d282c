"""Hours of training: of courses passed here, and declared. By who did them; shown in the order of the posts,
never of the hours."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.learning.errors import NotRunnerError
from gantang.learning.models import Attempt, Training
from gantang.learning.queries.courses import ground_of
from gantang.learning.types import PostHours
from gantang.posts import queries as posts

#: So many accounts are named in a question; where there are more, all of the period are read.
_NAMED = 2_000


@dataclass(frozen=True, slots=True)
class _Done:
    account: int
    on: date
    hours: int
    declared: bool


def hours(since: Mapping[int, date], on: date) -> dict[int, int]:
    """How many hours accounts have done, each from its own day on, up to and with ``on``. A course that was
    passed twice in a year counts once."""
    found: dict[int, int] = {}
    for one in _done(since, min(since.values(), default=on), on):
        if one.on >= since.get(one.account, date.max):
            found[one.account] = found.get(one.account, 0) + one.hours
    return found


def training(actor: Actor, unit: int, *, year: int, on: date) -> list[PostHours]:
    """The posts of the actor's own unit, or of a unit on the ground that one administers, with the hours of a
    year of whoever holds them on a day. Errors: NotRunnerError, UnknownError."""
    if unit != actor.unit and not (actor.admin and posts.unit(unit).ground.startswith(ground_of(actor))):
        raise NotRunnerError
    held = posts.holders(unit, on)
    done = list(_done(set(held.values()), date(year, 1, 1), date(year, 12, 31)))

    def of(post: int, declared: bool) -> int:
        return sum(one.hours for one in done if one.account == held.get(post) and one.declared is declared)

    every = sorted(posts.posts(unit, on), key=lambda one: one.id)
    return [
        PostHours(one.id, one.title, one.id in held, of(one.id, False), of(one.id, True)) for one in every
    ]


def _done(accounts: Collection[int], first: date, last: date) -> Iterator[_Done]:
    yield from _passed(accounts, first, last)
    rows = Training.objects.filter(on__range=(first, last), withdrawn_at=None, **_named(accounts))
    for account, day, n in rows.values_list("account", "on", "hours"):
        yield _Done(account, day, n, declared=True)


def _passed(accounts: Collection[int], first: date, last: date) -> Iterator[_Done]:
    """Each course once a year, on the day it was passed first, for the most hours it counted."""
    since, until = (_begin(day) for day in (first, last + timedelta(days=1)))
    rows = Attempt.objects.filter(passed=True, closed_at__gte=since, closed_at__lt=until, **_named(accounts))
    found = sorted(
        (account, course, at.astimezone(clock.ZONE).date(), n)
        for account, course, at, n in rows.values_list("account", "course_id", "closed_at", "hours")
        if at is not None
    )
    for (account, _course, _year), same in groupby(found, key=lambda one: (one[0], one[1], one[2].year)):
        passes = list(same)
        yield _Done(account, passes[0][2], max(one[3] for one in passes), declared=False)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.ZONE)


def _named(accounts: Collection[int]) -> dict[str, list[int]]:
    return {"account__in": sorted(accounts)} if len(accounts) <= _NAMED else {}
