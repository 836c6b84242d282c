"""Which vessel goes which way in a shift, and which matters it came upon."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.work import work
from gantang.patrol import errors
from gantang.patrol.models import Concern, Route, Shift, Vessel
from gantang.patrol.service.common import held, number_of, own, record, serves
from gantang.patrol.service.looking import look
from gantang.patrol.sight import commands, seeing

_MOST_FOUND = 50


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


def note_found(*, actor: Actor, shift: UUID, matter: str, now: datetime) -> None:
    """That the crew of a shift came upon a matter, by its number; the same number is noted once. The door
    looks whether it is one of the patrol's, in sight. Errors: NoneSuchError, NotCrewError, EntryError."""
    number = number_of(matter)
    with work(seeing(actor)) as w:
        row = held(w, actor, Shift, shift)
        if not (serves(actor, row) or commands(actor, row.ground)):
            raise errors.NotCrewError
        if number in row.found:
            return
        if not number or row.state not in (Shift.OPEN, Shift.CLOSED) or len(row.found) >= _MOST_FOUND:
            raise errors.wrong("found")
        row.found = [*row.found, number]
        w.change(row, ["found"])
        record(w, row, "shift_found", {"matter": number}, now)


def _is_taken(row: Shift, boat: Vessel) -> bool:
    others = Shift.objects.filter(vessel=boat, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at)
    return others.exclude(pk=row.pk).exclude(state=Shift.CANCELLED).exists()
