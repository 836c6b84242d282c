"""Bookings: one's own by its code, a day's by the centre's staff. Nothing lists them otherwise."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.icalendar import Event, written
from gantang.posts import queries as posts
from gantang.reception import codes
from gantang.reception.errors import NoBookingError, NotStaffError
from gantang.reception.models import Booking
from gantang.reception.queries.directory import _known, offer_view
from gantang.reception.types import BookingView


def by_code(code: str) -> BookingView:
    """One's own booking. Errors: NoBookingError, the same for a wrong code and an unknown one."""
    row = _rows().filter(code__in=codes.hashes_of(code)).first()
    if row is None:
        raise NoBookingError
    return view_of(row)


def calendar_file(one: BookingView, *, now: datetime) -> bytes:
    """The booking for a calendar, without its code; it rings by what is left ``now``."""
    name = one.service.name(get_language() or "")
    return written(
        Event(
            uid=f"{one.id}@{settings.GANTANG_URL.partition('://')[2]}",
            made_at=now,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            summary=_("到中心办事：%(name)s") % {"name": name},
            place=f"{one.place} {one.address}",
            text="\n".join(one.service.things(get_language() or "")),
            cancelled=one.state == Booking.CANCELLED,
            sequence=int(one.state == Booking.CANCELLED),
        )
    )


def works_at(actor: Actor, centre: int, on: date) -> bool:
    """Whether a post works in a centre: of its unit, or of one that is stationed there."""
    if actor.unit is None or actor.admin:
        return False
    return actor.unit == centre or actor.unit in {one.unit for one in posts.stationed(centre, on)}


def day_of(actor: Actor, centre: int, on: date) -> list[BookingView]:
    """A day's bookings of a centre, in order, for whoever works there. Errors: NotStaffError."""
    if not works_at(actor, centre, clock.now().date()):
        raise NotStaffError
    since = datetime.combine(on, time.min, tzinfo=clock.ZONE)
    rows = _rows().filter(
        offer__listing=centre,
        state=Booking.BOOKED,
        starts_at__gte=since,
        starts_at__lt=since + timedelta(days=1),
    )
    return [view_of(row) for row in rows.order_by("starts_at", "id")]


def booking(actor: Actor, number: UUID) -> BookingView:
    """A booking of a centre that the actor works in. Errors: NoBookingError, also for one of elsewhere."""
    row = _rows().filter(pk=number).first()
    if row is None or not works_at(actor, row.offer.listing_id, clock.now().date()):
        raise NoBookingError
    return view_of(row)


def view_of(row: Booking) -> BookingView:
    """A row as the room hands it out."""
    listing = row.offer.listing
    return BookingView(
        row.id,
        listing.pk,
        posts.unit_names([listing.pk]).get(listing.pk, ""),
        listing.address,
        listing.phone,
        offer_view(row.offer, _known()).service,
        row.starts_at.astimezone(clock.ZONE),
        row.ends_at.astimezone(clock.ZONE),
        row.state,
        keys.city_of(row.id),
        row.entry,
        row.made_at.astimezone(clock.ZONE),
    )


def _rows() -> QuerySet[Booking]:
    return Booking.objects.select_related("offer__listing")
