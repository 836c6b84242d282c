"""Lectures and visits of a ground, and how many there were in each month."""

from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from gantang.kit.actor import Actor
from gantang.learning.models import Event
from gantang.learning.queries.courses import ground_of
from gantang.learning.types import EventView, MonthOfEvents, NewEvent

MOST = 60


def events(actor: Actor, *, year: int) -> list[EventView]:
    """The newest of a year on the ground of the actor's unit and below. Errors: NoPostError."""
    rows = _rows(actor, year).order_by("-on", "-id")[:MOST]
    return [
        EventView(one.id, NewEvent(one.ground, one.kind, one.topic, one.place, one.on, one.attendance))
        for one in rows
    ]


def months(actor: Actor, *, year: int) -> list[MonthOfEvents]:
    """Each month and kind of a year with the number of events and of those who came. Errors: NoPostError."""
    by = _rows(actor, year).annotate(month=TruncMonth("on")).values("month", "kind")
    found = by.annotate(n=Count("id"), came=Sum("attendance")).order_by("month", "kind")
    return [MonthOfEvents(one["month"], one["kind"], one["n"], one["came"]) for one in found]


def _rows(actor: Actor, year: int) -> QuerySet[Event]:
    span = date(year, 1, 1), date(year, 12, 31)
    return Event.objects.filter(ground__startswith=ground_of(actor), on__range=span, withdrawn_at=None)
