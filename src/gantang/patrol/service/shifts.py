"""Which vessel goes which way in a shift."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.patrol import errors
from gantang.patrol.models import Concern, Route, Shift, Vessel
from gantang.patrol.service.common import held, own, record
from gantang.patrol.service.looking import look
from gantang.patrol.sight import seeing


def assign(*, actor: Actor, shift: UUID, vessel: UUID, route: UUID | None, now: datetime) -> None:
    """Give a planned shift a vessel that is ready and free then, and a route. Errors: NoneSuchError,
    NotRunnerError, StateError, EntryError. A way that waits for a decision is changed by ``reroute``."""
    with work(seeing(actor)) as w:
        row = own(w, actor, Shift, shift)
        boat = held(w, actor, Vessel, vessel)
        way = None if route is None else held(w, actor, Route, route)
        if row.state != Shift.PLANNED or row.ends_at <= now:
            raise errors.StateError
        if Concern.objects.filter(shift=row, state=Concern.OPEN).exists() and way != row.route:
            raise errors.StateError
        if boat.valid_to is not None or boat.state != "ready" or _is_taken(row, boat):
            raise errors.wrong("vessel")
        if way is not None and way.valid_to is not None:
            raise errors.NoneSuchError
        row.vessel, row.route = boat, way
        w.change(row, ["vessel", "route"], state=Shift.PLANNED)
        data = {"vessel": str(vessel), "route": str(route) if route else ""}
        record(w, row, "shift_assigned", data, now)
        w.flush()
        look(w, [row], now)


def _is_taken(row: Shift, boat: Vessel) -> bool:
    others = Shift.objects.filter(vessel=boat, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at)
    return others.exclude(pk=row.pk).exclude(state=Shift.CANCELLED).exists()
