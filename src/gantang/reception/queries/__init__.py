"""The only way to see anything: public what is public, bookings by their code or by the centre's staff."""

from gantang.reception.queries.booking import booking, by_code, calendar_file, day_of, works_at
from gantang.reception.queries.directory import (
    centres,
    listing,
    listings,
    services,
)
from gantang.reception.queries.figures import editions, licence, newest, ordered, published
from gantang.reception.queries.notices import comments, may_read, notice, notices
from gantang.reception.queries.times import days, doors, offer
from gantang.reception.rules.hours import read as read_hours
from gantang.reception.rules.hours import shown as hours_of

__all__ = [
    "booking",
    "by_code",
    "calendar_file",
    "centres",
    "comments",
    "day_of",
    "days",
    "doors",
    "editions",
    "hours_of",
    "licence",
    "listing",
    "listings",
    "may_read",
    "newest",
    "notice",
    "notices",
    "offer",
    "ordered",
    "published",
    "read_hours",
    "services",
    "works_at",
]
