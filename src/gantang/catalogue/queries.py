"""The catalogue, read. Public: it tells words and days, never anything of a matter.

Everything comes from what the process keeps; each call costs one small query for the token.
"""

from datetime import date, datetime

from gantang.catalogue import book, facts, rules
from gantang.catalogue.types import Cause, Channel, Class, LegalPeriod, LocalDay
from gantang.engine import Calendar
from gantang.kit import clock

CLASS, CAUSE, CHANNEL = "class", "cause", "channel"
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


def channels(*, on: date | None = None) -> list[Channel]:
    """How matters come in; ``portal``, ``api`` and ``import`` are set by the door itself."""
    return list(book.opened().terms(CHANNEL, _day(on)))


def legal_periods(*, on: date | None = None) -> list[LegalPeriod]:
    """The periods set by law, by code; those without a span wait to be filled in."""
    return book.opened().periods(_day(on))


def calendar_for(ground: str, *, at: datetime | None = None) -> Calendar:
    """The working calendar of a ground ("" is the whole country), now or as it was known at a moment.

    The same object until something of it changes; its ``version`` names this exact state.
    """
    return book.opened().calendar(ground, at)


def shipped_calendar(year: int) -> Calendar:
    """The country's calendar as it ships, one year of it published; needs no database."""
    days = [book.local_day(one) for one in facts.days() if abs(one.on.year - year) <= 1]
    return rules.calendar({"": days}, [year] if year in facts.YEARS else [])


def local_days(ground: str) -> list[LocalDay]:
    """The days listed for exactly this ground, "" for the national ones."""
    return book.opened().days(ground)


def _day(on: date | None) -> date:
    return on or clock.now().date()
