"""Orders of the command to a shift, in codes: heard and done by its crew, raised where nobody hears them.

Whoever ordered webhooks hears of each order and of each raising, by its id and codes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from gantang.catalogue import queries as catalogue
from gantang.kit import keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.outbox import registry
from gantang.outbox import service as outbox
from gantang.patrol import errors
from gantang.patrol.models import Order, Point, Shift
from gantang.patrol.service.common import claimed, held, mint, moment, number_of, record, serves
from gantang.patrol.sight import commands, seeing
from gantang.patrol.types import HEARD_WITHIN, ORDER_KINDS

_WORKER = Actor(client=SYSTEM.client, admin=True)
_GIVEN, _RAISED = "patrol.order_given", "patrol.order_raised"
#: Who hears of an order, in the order of its news.
COMMAND, LEADER = "command", "leader"
_TO = ("crew", COMMAND, LEADER)


def register() -> None:
    """Say which news there are."""
    registry.event(_GIVEN, "An order was given to a patrol's shift.")
    registry.event(_RAISED, "Nobody heard an order in time: raised to the command, then to the leader.")


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
    about = _asked(kind, matter)
    with work(seeing(actor)) as w:
        row = held(w, actor, Shift, shift)
        if not commands(actor, row.ground):
            raise errors.NotCommandError
        body = {"shift": str(shift), "kind": kind, "point": str(point or ""), "matter": about}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return UUID(claim.ref["id"])
        _must_take(row, point, now)
        made = _made(actor, row, kind, point, about, now)
        w.name([made.id])
        w.add(made)
        record(w, made, "order_given", {"shift": str(shift), "kind": kind}, now)
        _announce(w, made, _TO[0], now)
        claim.keep(201, {"id": str(made.id)})
    return made.id


def _asked(kind: str, matter: str) -> str:
    """The matter's number as it is shown. Errors: EntryError."""
    if kind not in ORDER_KINDS:
        raise errors.wrong("kind", kind)
    return number_of(matter)


def _must_take(row: Shift, point: UUID | None, now: datetime) -> None:
    """A shift that is not over; a point that is there. Errors: StateError, NoneSuchError."""
    if row.state not in (Shift.PLANNED, Shift.OPEN) or row.ends_at <= now:
        raise errors.StateError
    if point is not None and not Point.objects.filter(pk=point, valid_to=None).exists():
        raise errors.NoneSuchError


def _made(actor: Actor, row: Shift, kind: str, point: UUID | None, about: str, now: datetime) -> Order:
    return Order(
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


@dataclass(frozen=True)
class _Answer:
    """A crew says of an order that it goes from one state to the next, when it did, under a key."""

    order: UUID
    before: str
    after: str
    when: datetime | None
    key: str


def hear(*, actor: Actor, order: UUID, now: datetime, when: datetime | None = None, key: str = "") -> None:
    """The crew has heard it. ``when``: said later, by a phone that had no signal; the same key is one.
    Errors: NoneSuchError, NotCrewError, StateError, KeyReusedError; OffDutyError for a moment before it was
    given, or to come."""
    said = _Answer(order, Order.GIVEN, Order.HEARD, when, key)
    with work(seeing(actor)) as w:
        row = _answered(w, actor, said, now)
        if row is not None:
            record(w, row, "order_heard", {}, now, at=row.heard_at)


def report_done(
    *, actor: Actor, order: UUID, now: datetime, when: datetime | None = None, key: str = ""
) -> None:
    """The crew has done it. Arguments and errors: as hearing it."""
    said = _Answer(order, Order.HEARD, Order.DONE, when, key)
    with work(seeing(actor)) as w:
        row = _answered(w, actor, said, now)
        if row is not None:
            record(w, row, "order_done", {}, now, at=row.done_at)


def _answered(w: Work, actor: Actor, said: _Answer, now: datetime) -> Order | None:
    """The order brought from one state to the next by its crew; None where this key did so before."""
    row = held(w, actor, Order, said.order)
    _must_serve(actor, row)
    claim = claimed(w, actor, said.key, said.after, said.order)
    if claim is not None and claim.again:
        return None
    if row.state != said.before:
        raise errors.StateError
    at = moment(said.when or now, row.heard_at or row.given_at, now)
    filled = {"state": said.after, f"{said.after}_at": at, f"{said.after}_by": actor.account}
    for name, value in filled.items():
        setattr(row, name, value)
    w.change(row, list(filled), state=said.before)
    if claim is not None:
        claim.keep(200, {})
    return row


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
    """Raise orders that nobody heard in time to the command, and after as long again to the leader: they
    stand first on the command page, and their news leaves; how many."""
    late = Q(raised_at=None) | Q(led_at=None, due_at__lte=now - (F("due_at") - F("given_at")))
    with work(seeing(_WORKER)) as w:
        due = Order.objects.filter(late, state=Order.GIVEN, due_at__lte=now)
        rows = list(due.order_by("due_at", "id")[:limit])
        for row in rows:
            _raise(w, row, now)
    return len(rows)


def _raise(w: Work, row: Order, now: datetime) -> None:
    """One rung up, which is news of its own."""
    column, to = ("raised_at", COMMAND) if row.raised_at is None else ("led_at", LEADER)
    w.name([row.id])
    setattr(row, column, now)
    w.change(row, [column], state=Order.GIVEN)
    record(w, row, "order_raised", {"to": to}, now)
    _announce(w, row, to, now)


def _announce(w: Work, row: Order, to: str, now: datetime) -> None:
    outbox.announce(
        w,
        kind=_GIVEN if to == _TO[0] else _RAISED,
        city=keys.city_of(row.id),
        stream=row.id,
        version=_TO.index(to) + 1,
        ground=row.ground,
        refs={"order": str(row.id), "shift": str(row.shift_id), "kind": row.kind, "to": to},
        now=now,
    )


def _must_serve(actor: Actor, row: Order) -> None:
    if not serves(actor, row.shift):
        raise errors.NotCrewError


def _due(now: datetime) -> datetime | None:
    """Until when it is to be heard, by the slot in force; None while nobody has filled it."""
    slot = catalogue.slot(HEARD_WITHIN, on=now.date())
    return None if slot is None or slot.value is None else now + timedelta(minutes=float(slot.value))
