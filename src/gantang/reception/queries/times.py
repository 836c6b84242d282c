"""When the doors are open, and which times may still be booked."""

from collections import Counter
from datetime import date, datetime, timedelta

from gantang.catalogue import queries as catalogue
from gantang.engine import Calendar
from gantang.posts import queries as posts
from gantang.reception.errors import NoServiceError
from gantang.reception.models import Booking, Offer
from gantang.reception.queries.directory import _known, offer_view, week_of
from gantang.reception.rules import hours
from gantang.reception.rules.hours import Doors
from gantang.reception.types import Day, ListingView, OfferView, Time


def doors(one: ListingView, now: datetime) -> Doors:
    """Whether a centre is open, and until when either way, by the calendar of its ground."""
    return hours.doors(one.week, catalogue.calendar_for(one.ground), now)


def offer(centre: int, service: str) -> OfferView:
    """What a centre offers under a service's code. Errors: NoServiceError."""
    row = Offer.objects.filter(listing=centre, service=service, ended_on=None).first()
    if row is None:
        raise NoServiceError
    return offer_view(row, _known())


def days(one: ListingView, offered: OfferView, now: datetime) -> list[Day]:
    """The days from today on and their times that are still to come, with the places left; rest days are
    among them, empty and named."""
    calendar, taken = catalogue.calendar_for(one.ground), _taken(offered.id, now)
    return [
        _day(one, offered, calendar, now.date() + timedelta(days=step), taken, now)
        for step in range(offered.ahead + 1)
    ]


def is_time(row: Offer, starts_at: datetime, now: datetime) -> bool:
    """Whether an offer has a time that starts just then, to come and not too far ahead."""
    on = starts_at.astimezone(now.tzinfo).date()
    if not (now < starts_at and on <= now.date() + timedelta(days=row.ahead)):
        return False
    calendar = catalogue.calendar_for(posts.unit(row.listing_id).ground)
    spans = hours.spans(week_of(row.listing.week), calendar, on, now)
    return any(since == starts_at for since, _ in hours.times(spans, row.minutes))


def _taken(offered: int, now: datetime) -> Counter[datetime]:
    rows = Booking.objects.filter(offer=offered, state=Booking.BOOKED, starts_at__gt=now)
    return Counter(rows.values_list("starts_at", flat=True))


def _day(
    one: ListingView,
    offered: OfferView,
    calendar: Calendar,
    on: date,
    taken: Counter[datetime],
    now: datetime,
) -> Day:
    spans = hours.spans(one.week, calendar, on, now)
    times = tuple(
        Time(since, until, max(0, offered.places - taken[since]))
        for since, until in hours.times(spans, offered.minutes)
        if since > now
    )
    zh, en = hours.why_closed(calendar, on)
    return Day(on, times, (zh, en))
