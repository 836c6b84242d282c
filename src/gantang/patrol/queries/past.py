"""What was served: shifts that are over, their logs and orders; never where a vessel was."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.page import Page, keyset
from gantang.kit.work import reading
from gantang.patrol.models import Order, Shift
from gantang.patrol.queries.shaping import shift_of, whole_of
from gantang.patrol.queries.things import seen
from gantang.patrol.sight import seeing
from gantang.patrol.types import PastView

SIZE = 30


def past(
    actor: Actor,
    *,
    now: datetime,
    until: date | None = None,
    cursor: str | None = None,
    size: int = SIZE,
) -> Page[PastView]:
    """Shifts that are over, the newest first; those that began on a day or before it. Errors: InvalidError
    for a cursor."""
    over = Q(state=Shift.CLOSED) | Q(ends_at__lte=now) | Q(state=Shift.CANCELLED, starts_at__lte=now)
    with reading(seeing(actor)):
        rows = seen(actor, Shift.objects.filter(over))
        if until is not None:
            last = datetime.combine(until + timedelta(days=1), time.min, clock.ZONE)
            rows = rows.filter(starts_at__lt=last)
        given = Count("orders", distinct=True)
        done = Count("orders", filter=Q(orders__state=Order.DONE), distinct=True)
        whole = whole_of(rows).annotate(given_orders=given, done_orders=done).select_related("log")
        page = keyset(whole, order=("-starts_at", "-id"), cursor=cursor, size=size)
        return Page([_past(one) for one in page.items], page.next)


def _past(one: Shift) -> PastView:
    log = getattr(one, "log", None)
    counts = (int(getattr(one, name)) for name in ("given_orders", "done_orders"))
    times = (log.out_at, log.back_at, log.level) if log else (None, None, "")
    return PastView(shift_of(one), *times, *counts)
