"""Orders of the command to a shift, in codes: heard and done by its crew, raised where nobody hears them."""

from datetime import datetime, timedelta
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.kit import numbers
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import GantangError
from gantang.kit.once import once
from gantang.kit.work import work
from gantang.patrol import errors
from gantang.patrol.models import Order, Point, Shift
from gantang.patrol.service.common import held, mint, record
from gantang.patrol.sight import commands, seeing
from gantang.patrol.types import HEARD_WITHIN, ORDER_KINDS

_WORKER = Actor(client=SYSTEM.client, admin=True)


def give(
    *,
    actor: Actor,
    shift: UUID,
    kind: str,
    point: UUID | None = None,
    matter: str = "",
    key: str,
    now: datetime,
) -> UUID:
    """Order a shift that is not over: what, where, about which matter; no free words. The same key is
    one order. Errors: NoneSuchError, NotCommandError, StateError, EntryError, KeyReusedError."""
    if kind not in ORDER_KINDS:
        raise errors.wrong("kind", kind)
    about = _number(matter)
    with work(seeing(actor)) as w:
        row = held(w, actor, Shift, shift)
        if not commands(actor, row.ground):
            raise errors.NotCommandError
        body = {"shift": str(shift), "kind": kind, "point": str(point or ""), "matter": about}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["id"])
        if row.state not in (Shift.PLANNED, Shift.OPEN) or row.ends_at <= now:
            raise errors.StateError
        if point is not None and not Point.objects.filter(pk=point, valid_to=None).exists():
            raise errors.NoneSuchError
        made = Order(
            id=mint(row.ground, now),
            ground=row.ground,
            shift=row,
            kind=kind,
            point_id=point,
            matter=about,
            given_at=now,
            given_by=actor.account,
            due_at=_due(now),
        )
        w.name([made.id])
        w.add(made)
        record(w, made, "order_given", {"shift": str(shift), "kind": kind}, now)
        claim.keep(201, {"id": str(made.id)})
    return made.id


def hear(*, actor: Actor, order: UUID, now: datetime) -> None:
    """The crew has heard it. Errors: NoneSuchError, NotCrewError, StateError."""
    with work(seeing(actor)) as w:
        row = held(w, actor, Order, order)
        _must_serve(actor, row)
        if row.state != Order.GIVEN:
            raise errors.StateError
        row.state, row.heard_at, row.heard_by = Order.HEARD, now, actor.account
        w.change(row, ["state", "heard_at", "heard_by"], state=Order.GIVEN)
        record(w, row, "order_heard", {}, now)


def report_done(*, actor: Actor, order: UUID, now: datetime) -> None:
    """The crew has done it. Errors: NoneSuchError, NotCrewError, StateError."""
    with work(seeing(actor)) as w:
        row = held(w, actor, Order, order)
        _must_serve(actor, row)
        if row.state != Order.HEARD:
            raise errors.StateError
        row.state, row.done_at, row.done_by = Order.DONE, now, actor.account
        w.change(row, ["state", "done_at", "done_by"], state=Order.HEARD)
        record(w, row, "order_done", {}, now)


def take_back(*, actor: Actor, order: UUID, now: datetime) -> None:
    """The command takes an order back that is not done. Errors: NoneSuchError, NotCommandError,
    StateError."""
    with work(seeing(actor)) as w:
        row = held(w, actor, Order, order)
        if not commands(actor, row.ground):
            raise errors.NotCommandError
        was = row.state
        if was not in (Order.GIVEN, Order.HEARD):
            raise errors.StateError
        row.state = Order.WITHDRAWN
        w.change(row, ["state"], state=was)
        record(w, row, "order_withdrawn", {}, now)


def raise_due(*, now: datetime, limit: int = 100) -> int:
    """Raise orders that nobody heard in time: they stand first on the command page; how many."""
    with work(seeing(_WORKER)) as w:
        due = Order.objects.filter(state=Order.GIVEN, due_at__lte=now, raised_at=None)
        rows = list(due.order_by("due_at", "id")[:limit])
        for row in rows:
            w.name([row.id])
            row.raised_at = now
            w.change(row, ["raised_at"])
            record(w, row, "order_raised", {}, now)
    return len(rows)


def _must_serve(actor: Actor, row: Order) -> None:
    if actor.post is None or not row.shift.crew.filter(post=actor.post).exists():
        raise errors.NotCrewError


def _number(matter: str) -> str:
    """A matter's number as it is shown; "" for none. Errors: EntryError."""
    if not matter.strip():
        return ""
    try:
        return numbers.show(numbers.parse(matter))
    except (GantangError, ValueError):
        raise errors.wrong("matter", matter) from None


def _due(now: datetime) -> datetime | None:
    """Until when it is to be heard, by the slot in force; None while nobody has filled it."""
    slot = catalogue.slot(HEARD_WITHIN, on=now.date())
    return None if slot is None or slot.value is None else now + timedelta(minutes=float(slot.value))
