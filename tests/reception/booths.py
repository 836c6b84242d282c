"""A centre in the directory that takes bookings, how somebody books there, and a Monday morning to do it on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from gantang.engine import Words
from gantang.kit.actor import Actor
from gantang.kit.clock import ZONE
from gantang.reception import queries, service
from gantang.reception.types import Booked, NewListing, NewOffer, ServiceView, Visitor

if TYPE_CHECKING:
    from tests.world import World

WORK = (("09:00", "12:00"), ("13:30", "17:30"))
WEEK = dict.fromkeys(range(5), WORK)
ADVICE = ServiceView("advice", Words("法律咨询", "Legal advice"), Words("身份证\n合同", "ID card\nContract"))
#: A Monday; nothing else of the tests happens then.
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=ZONE)
NINE = MONDAY.replace(hour=9)
TOMORROW = NINE + timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A centre, what it offers, and who administers it."""

    centre: int
    offer: int
    admin: Actor

    def book(self, offer: int, at: datetime, *, now: datetime = MONDAY, **given: str) -> Booked:
        """Book a time as a stranger."""
        return book(offer, at, now=now, actor=stranger(), key=uuid4().hex, **given)


def stranger() -> Actor:
    """Somebody who books: known by nothing but the form."""
    return Actor(client=f"form:{uuid4().hex}")


def book(offer: int, at: datetime, *, actor: Actor, key: str, now: datetime = MONDAY, **given: str) -> Booked:
    """Book a time as somebody, with the form's key."""
    return service.book(actor=actor, offer=offer, starts_at=at, visitor=Visitor(**given), key=key, now=now)


def open_place(world: "World") -> Place:
    """The county's centre with one service, two at a time."""
    admin, centre = world.cast.admin, world.unit("360428")
    service.set_service(actor=admin, service=ADVICE, now=MONDAY)
    entry = NewListing("示例路1号", "0792-0000000", WEEK)
    service.set_listing(actor=admin, centre=centre, listing=entry, now=MONDAY)
    service.set_offer(actor=admin, centre=centre, offer=NewOffer("advice", 30, 2), now=MONDAY)
    return Place(centre, queries.offer(centre, "advice").id, admin)
