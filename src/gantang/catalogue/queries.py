"""The catalogue, read. Public: it tells words and days, never anything of a matter.

Everything comes from what the process keeps; each call costs one small query for the token.
"""

from collections.abc import Callable
from datetime import date, datetime

from gantang.catalogue import book, facts, rules
from gantang.catalogue.inheriting import following as following
from gantang.catalogue.models import Edition
from gantang.catalogue.types import (
    CalendarChange,
    CalendarEdition,
    Cause,
    Channel,
    Class,
    LegalPeriod,
    LocalDay,
    Slot,
    Term,
)
from gantang.engine import Calendar
from gantang.kit import clock

CLASS, CAUSE, CHANNEL, FUND = "class", "cause", "channel", "fund"
covers = rules.covers


def classes(*, on: date | None = None) -> list[Class]:
    """The class tree in order, children behind their parent; today's, or that of a day."""
    return list(book.opened().terms(CLASS, _day(on)))


def get_class(code: str, *, on: date | None = None) -> Class | None:
    """A class in force, None if there is none of that code."""
    return next((one for one in book.opened().terms(CLASS, _day(on)) if one.code == code), None)


def causes(*, on: date | None = None) -> list[Cause]:
    """The tree of causes in order."""
    return list(book.opened().terms(CAUSE, _day(on)))


def causes_ever() -> list[Cause]:
    """Every cause that there is or was, as it was called last: counts of former days name them."""
    return book.opened().ever(CAUSE, clock.now().date())


def get_cause(code: str) -> Cause | None:
    """A cause in force, None if there is none of that code."""
    return next((one for one in causes() if one.code == code), None)


def channels(*, on: date | None = None) -> list[Channel]:
    """How matters come in; ``portal``, ``api`` and ``import`` are set by the door itself."""
    return list(book.opened().terms(CHANNEL, _day(on)))


def fund_kinds(*, on: date | None = None) -> list[Term]:
    """Kinds of income and of use in a fund's books, below ``income`` and ``use``."""
    return list(book.opened().terms(FUND, _day(on)))


def fund_kinds_ever() -> list[Term]:
    """Every kind that there is or was: the books of former years name them."""
    return book.opened().ever(FUND, clock.now().date())


def legal_periods(*, on: date | None = None) -> list[LegalPeriod]:
    """The periods set by law, by code; those without a span wait to be filled in."""
    return book.opened().periods(_day(on))


def calendar_for(ground: str, *, at: datetime | None = None) -> Calendar:
    """The working calendar of a ground ("" is the whole country), now or as it was known at a moment.

    The same object until something of it changes; its ``version`` names this exact state.
    """
    return book.opened().calendar(ground, at or clock.now())


def proposed(change: CalendarChange, *, at: datetime) -> Callable[[str], Calendar]:
    """Ground to the calendar it would have with a change taken; grounds alike share one object."""
    held = book.opened()
    made: dict[tuple[str, ...], Calendar] = {}

    def calendar(ground: str) -> Calendar:
        listed = tuple(
            each for each in rules.grounds_above(ground) if held.days(each, at) or each == change.ground
        )
        if listed not in made:
            made[listed] = held.proposed(change, ground, at)
        return made[listed]

    return calendar


def differences(change: CalendarChange, *, at: datetime) -> tuple[list[LocalDay], list[LocalDay]]:
    """The days that a change would really put in, and those that it would take back."""
    return rules.differences(book.opened().days(change.ground, at), change)


def is_published(year: int, *, at: datetime | None = None) -> bool:
    """Whether a year's national notice is in force."""
    return year in book.opened().years(at or clock.now())


def editions(ground: str | None = None, *, limit: int = 50) -> list[CalendarEdition]:
    """The changes of a ground's calendar (of all grounds without one), the newest first."""
    rows = Edition.objects.order_by("-made_at", "-number")
    return [edition_of(row) for row in (rows if ground is None else rows.filter(ground=ground))[:limit]]


def edition_of(row: Edition) -> CalendarEdition:
    """The row as the room hands it out."""
    return CalendarEdition(
        row.ground,
        row.number,
        row.year,
        len(row.put),
        len(row.cleared),
        row.source,
        row.known_from,
        row.made_at,
    )


def slots(*, on: date | None = None) -> list[Slot]:
    """The slots in force, in order: values that no public source gives."""
    return book.opened().slots(_day(on))


def slot(code: str, *, on: date | None = None) -> Slot | None:
    """One slot in force."""
    return next((one for one in slots(on=on) if one.code == code), None)


def unfilled(*, on: date | None = None) -> list[Slot | LegalPeriod]:
    """What waits for an administrator: slots without a value, legal periods without a span."""
    periods = [one for one in legal_periods(on=on) if one.span is None]
    return [*(one for one in slots(on=on) if one.empty), *periods]


def shipped_calendar(year: int | None = None) -> Calendar:
    """The country's calendar as it ships, all of it or one year of it published; needs no database."""
    if year is None:
        return rules.calendar({"": [book.local_day(one) for one in facts.days()]}, facts.YEARS)
    days = [book.local_day(one) for one in facts.days() if abs(one.on.year - year) <= 1]
    return rules.calendar({"": days}, [year] if year in facts.YEARS else [])


def local_days(ground: str, *, at: datetime | None = None) -> list[LocalDay]:
    """The days listed for exactly this ground, "" for the national ones, in order."""
    return book.opened().days(ground, at or clock.now())


def _day(on: date | None) -> date:
    return on or clock.now().date()
