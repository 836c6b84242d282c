"""Vessels on duty: their logs, orders, what is handed over."""

from uuid import UUID

from django.db.models import Q

from gantang.kit.actor import Actor
from gantang.kit.work import reading
from gantang.patrol.models import Handover, Log, Order
from gantang.patrol.queries.things import seen
from gantang.patrol.sight import seeing
from gantang.patrol.types import HandoverView, LogView, OrderView

MOST, PLACES = 100, 50
_OPEN = (Order.GIVEN, Order.HEARD)


def orders(actor: Actor, *, shift: UUID | None = None) -> list[OrderView]:
    """Those of a shift; else all that are open, those raised first, then the oldest."""
    with reading(seeing(actor)):
        rows = seen(actor, Order.objects.all())
        rows = rows.filter(state__in=_OPEN) if shift is None else rows.filter(shift=shift)
        found = list(rows.order_by("led_at", "raised_at", "given_at", "id")[:MOST])
    return [
        OrderView(
            one.id,
            one.shift_id,
            one.kind,
            one.point_id,
            one.matter,
            one.state,
            one.given_at,
            one.due_at,
            one.heard_at,
            one.done_at,
            "leader" if one.led_at else "command" if one.raised_at else "",
        )
        for one in found
    ]


def log(actor: Actor, shift: UUID) -> LogView | None:
    """The log of a shift, with where the vessel was last; None before it went out."""
    with reading(seeing(actor)):
        row = seen(actor, Log.objects.filter(shift=shift)).first()
        if row is None:
            return None
        places = row.positions.order_by("-at", "-id").values_list("at", "lon", "lat")[:PLACES]
        return LogView(
            row.id,
            row.shift_id,
            row.vessel_id,
            row.level,
            tuple(UUID(one) for one in row.shapes),
            row.out_at,
            row.back_at,
            tuple((at, lon, lat) for at, lon, lat in places),
        )


def last_positions(actor: Actor) -> list[tuple[UUID, float, float]]:
    """Of each vessel that is out, where it was last: the vessel, longitude, latitude."""
    with reading(seeing(actor)):
        rows = seen(actor, Log.objects.filter(back_at=None, positions__isnull=False))
        newest = rows.order_by("id", "-positions__at").distinct("id")
        found = list(newest.values_list("vessel", "positions__lon", "positions__lat")[:MOST])
    return [(vessel, float(lon), float(lat)) for vessel, lon, lat in found]


def handovers(actor: Actor, shift: UUID) -> list[HandoverView]:
    """What a shift offers, and what it is offered."""
    with reading(seeing(actor)):
        rows = seen(actor, Handover.objects.filter(Q(shift=shift) | Q(to=shift)))
        found = list(rows.order_by("given_at", "id")[:MOST])
    return [
        HandoverView(one.id, one.shift_id, one.to_id, len(one.orders), one.given_at, one.taken_at)
        for one in found
    ]
