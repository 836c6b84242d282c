"""The calendar of a ground, changed: each change is a new edition, in force from a moment on, with its
source.

Days are never overwritten: those that no longer hold get an end. What is open elsewhere and counted on the
old days hears of it through the outbox (``calendar.changed``).
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max, Q

from gantang.catalogue import book, errors, queries, rules
from gantang.catalogue.models import Day, Edition, Year
from gantang.catalogue.service.common import change, record
from gantang.catalogue.types import CalendarChange, CalendarEdition, LocalDay
from gantang.engine import DayKind
from gantang.kit import keys
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.outbox import service as outbox
from gantang.territory import queries as territory

#: Where news of a calendar goes, and what it is called there.
DESTINATION, NEWS = "matters", "calendar.changed"


def change_calendar(*, actor: Actor, change_: CalendarChange, now: datetime) -> CalendarEdition | None:
    """Take a change: the new edition, None where it changes nothing. Errors: NotAdminError, DayError."""
    since = max(change_.since or now, now)
    _check(change_, since.date())
    with change(actor) as w:
        put, cleared = rules.differences(listed(change_.ground, since), change_)
        new_year = _new_year(change_, since)
        if not put and not cleared and new_year is None:
            return None
        for day in (*put, *cleared):
            _end_day(change_.ground, day.on, since)
        Day.objects.bulk_create([_row(day, since) for day in put])
        if new_year is not None:
            new_year.save(force_insert=True)
        return _edition(w, change_, put, cleared, since, now)


def set_day(*, actor: Actor, day: LocalDay, now: datetime) -> None:
    """Make a day a holiday, a working day or a half-day on a ground. Errors: NotAdminError, DayError."""
    given = CalendarChange(day.ground, put=(day,), source=day.source)
    change_calendar(actor=actor, change_=given, now=now)


def clear_day(*, actor: Actor, ground: str, on: date, now: datetime) -> bool:
    """Take a listed day back: the wider calendar holds again. False if none was. Errors: NotAdminError."""
    given = CalendarChange(ground, clear=(on,))
    return change_calendar(actor=actor, change_=given, now=now) is not None


def publish_year(*, actor: Actor, year: int, days: Sequence[LocalDay], source: str, now: datetime) -> None:
    """Put in a year's national notice: its days, and that it is settled. Errors: NotAdminError, DayError."""
    given = CalendarChange("", put=tuple(days), year=year, source=source)
    change_calendar(actor=actor, change_=given, now=now)


def _check(given: CalendarChange, on: date) -> None:
    if given.year is not None and given.ground:
        raise errors.year_is_national(given.year)
    if given.ground and not territory.exists(given.ground, on):
        raise errors.wrong_ground(given.ground)
    for day in given.put:
        _check_day(day)
        if day.ground != given.ground:
            raise errors.wrong_ground(day.ground)
        if given.year is not None and not rules.in_notice(day.on, given.year):
            raise errors.other_year(given.year, day.on)


def _check_day(day: LocalDay) -> None:
    if day.kind not in set(DayKind):
        raise errors.wrong_kind(day.kind)
    rests = day.kind == DayKind.REST
    if day.hours is not None and (rests or not rules.hours_fit(day.on, day.hours)):
        raise errors.wrong_hours(day.on)


def listed(ground: str, at: datetime) -> list[LocalDay]:
    """The days of a ground in force at a moment; not from the book, which this very change renews."""
    known = Q(known_from=None) | Q(known_from__lte=at)
    rows = Day.objects.filter(known, Q(known_to=None) | Q(known_to__gt=at), ground=ground)
    return [book.local_day(row) for row in rows]


def _new_year(given: CalendarChange, since: datetime) -> Year | None:
    """The year that a change publishes, if its notice is not out."""
    if given.year is None or Year.objects.filter(year=given.year).exists():
        return None
    return Year(year=given.year, source=given.source[:200], known_from=since)


def _end_day(ground: str, on: date, since: datetime) -> None:
    """What holds at ``since`` ends then; what would only begin later never begins."""
    later = Q(known_to=None) | Q(known_to__gt=since)
    for row in Day.objects.filter(later, ground=ground, on=on):
        row.known_to = max(since, row.known_from) if row.known_from else since
        row.save(update_fields=["known_to"])


def _row(day: LocalDay, since: datetime) -> Day:
    return Day(
        ground=day.ground,
        on=day.on,
        kind=day.kind,
        zh=day.title.zh,
        en=day.title.en,
        hours=_hours(day),
        source=day.source,
        known_from=since,
    )


def _hours(day: LocalDay) -> list[list[str]] | None:
    return [list(span) for span in day.hours] if day.hours else None


def _edition(
    w: Work,
    given: CalendarChange,
    put: Sequence[LocalDay],
    cleared: Sequence[LocalDay],
    since: datetime,
    now: datetime,
) -> CalendarEdition:
    """The edition's row, its step, its news."""
    days: list[list[object]] = [[day.on.isoformat(), day.kind, _hours(day)] for day in put]
    gone = [day.on.isoformat() for day in cleared]
    row = _next(given, days, gone, since, now)
    w.add(row)
    data = {
        "number": row.number,
        "since": since.isoformat(),
        "put": days,
        "cleared": gone,
        "year": given.year,
    }
    name = given.ground or "country"
    record(w, "calendar", name, "published" if given.year is not None else "calendar", data, now)
    _announce(w, row, now)
    return queries.edition_of(row)


def _next(
    given: CalendarChange, days: list[list[object]], gone: list[str], since: datetime, now: datetime
) -> Edition:
    """The next edition of the ground."""
    last = Edition.objects.filter(ground=given.ground).aggregate(last=Max("number"))["last"] or 0
    return Edition(
        id=keys.mint(keys.home(), now),
        ground=given.ground,
        number=last + 1,
        year=given.year,
        put=days,
        cleared=gone,
        source=given.source[:200],
        known_from=since,
        made_at=now,
    )


def _announce(w: Work, row: Edition, now: datetime) -> None:
    """Clocks are counted again from the moment that the edition is known."""
    outbox.put(
        w,
        destination=DESTINATION,
        kind=NEWS,
        city=keys.home(),
        stream=row.id,
        version=1,
        refs={"ground": row.ground, "number": row.number},
        now=now,
        after=row.known_from,
    )
