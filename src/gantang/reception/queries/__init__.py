"""The only way to see anything: public what is public, bookings by their code or by the centre's staff."""

from gantang.reception.queries.booking import by_code, calendar_file, day_of
from gantang.reception.queries.directory import (
    centres,
    listing,
    listings,
    services,
)
from gantang.reception.queries.times import days, doors, offer

__all__ = [
    "by_code",
    "calendar_file",
    "centres",
    "day_of",
    "days",
    "doors",
    "listing",
    "listings",
    "offer",
    "services",
]
