"""A vessel on duty: it goes out on a shift, says where it is, hands over what is open, and comes back."""

from datetime import datetime, timedelta
from uuid import UUID

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.patrol import errors
from gantang.patrol.models import Concern, Handover, Log, Order, Position, Shape, Shift
from gantang.patrol.service.common import claimed, held, mint, moment, record, serves
from gantang.patrol.service.looking import level_at
from gantang.patrol.service.places import check_at
from gantang.patrol.sight import seeing
from gantang.patrol.types import KEPT_DAYS

#: A vessel goes out at most so long before its shift begins.
_EARLY = timedelta(hours=1)
_WORKER = Actor(client=SYSTEM.client, admin=True)
_OPEN = (Order.GIVEN, Order.HEARD)


def go_out(*, actor: Actor, shift: UUID, now: datetime, when: datetime | None = None, key: str = "") -> UUID:
    """The vessel of an issued shift goes out; its log begins, with the water as it is. ``when``: said later,
    by a phone that had no signal; the same key is one. Errors: NoneSuchError, NotCrewError, KeyReusedError;
    StateError outside its hours, without a vessel, or while it waits for a decision."""
    at = when or now
    with work(seeing(actor)) as w:
        row = _crewed(w, actor, shift)
        claim = claimed(w, actor, key, "out", shift)
        if claim is not None and claim.again:
            return UUID(claim.ref["id"])
        vessel = _ready(row, at, now)
        row.state = Shift.OPEN
        w.change(row, ["state"], state=Shift.PLANNED)
        log = _begun(row, vessel, at, now)
        w.name([log.id])
        w.add(log)
        record(w, row, "shift_out", {"vessel": str(row.vessel_id), "level": log.level}, now, at=at)
        if claim is not None:
            claim.keep(201, {"id": str(log.id)})
    return log.id


def _ready(row: Shift, at: datetime, now: datetime) -> UUID:
    """Planned, with a vessel that is in, in its hours, with nothing to be decided: the vessel."""
    waits = Concern.objects.filter(shift=row, state=Concern.OPEN).exists()
    timely = row.starts_at - _EARLY <= at < row.ends_at and at <= now
    if row.state != Shift.PLANNED or row.vessel_id is None or waits or not timely:
        raise errors.StateError
    if Log.objects.filter(vessel=row.vessel_id, back_at=None).exists():
        raise errors.wrong("vessel")
    return row.vessel_id


def _begun(row: Shift, vessel: UUID, at: datetime, now: datetime) -> Log:
    said = level_at(row.ground)
    level = said.level if said else ""
    return Log(
        id=mint(row.ground, now),
        ground=row.ground,
        shift=row,
        vessel_id=vessel,
        level=level,
        shapes=_shapes(row, level),
        out_at=at,
    )


def come_back(
    *, actor: Actor, shift: UUID, now: datetime, when: datetime | None = None, key: str = ""
) -> None:
    """It is back; its log ends. What is open is handed over or done before. ``when``, ``key``: as going out.
    Errors: NoneSuchError, NotCrewError, StateError, OpenOrdersError, KeyReusedError; OffDutyError for a
    moment before it went out, or to come."""
    with work(seeing(actor)) as w:
        row = _crewed(w, actor, shift)
        claim = claimed(w, actor, key, "back", shift)
        if claim is not None and claim.again:
            return
        log = _log(w, row)
        at = moment(when or now, log.out_at, now)
        if Order.objects.filter(shift=row, state__in=_OPEN).exists():
            raise errors.OpenOrdersError
        log.back_at, row.state = at, Shift.CLOSED
        w.change(log, ["back_at"], back_at=None)
        w.change(row, ["state"], state=Shift.OPEN)
        record(w, row, "shift_back", {}, now, at=at)
        _pass_by(w, row, now)
        if claim is not None:
            claim.keep(200, {})


def _pass_by(w: Work, row: Shift, now: datetime) -> None:
    """What still waited for a decision no longer does."""
    for one in Concern.objects.filter(shift=row, state=Concern.OPEN):
        w.name([one.id])
        one.state, one.decided_at = Concern.PASSED, now
        w.change(one, ["state", "decided_at"], state=Concern.OPEN)


def note_position(
    *, actor: Actor, shift: UUID, at: tuple[float, float], when: datetime, key: str, now: datetime
) -> None:
    """Where the vessel on duty was; the same key is one. Errors: NoneSuchError, NotCrewError;
    OffDutyError for a moment outside the log; EntryError for coordinates."""
    check_at(at)
    with work(seeing(actor)) as w:
        row = _crewed(w, actor, shift)
        log = Log.objects.filter(shift=row).first()
        if log is None or log.back_at is not None or not log.out_at <= when <= now:
            raise errors.OffDutyError
        body = {"shift": str(shift), "at": [f"{one:.6f}" for one in at], "when": when.isoformat()}
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return
        place = Position(id=mint(row.ground, now), ground=row.ground, log=log, at=when, lon=at[0], lat=at[1])
        w.name([place.id])
        w.add(place)
        claim.keep(201, {"id": str(place.id)})


def give_over(*, actor: Actor, shift: UUID, to: UUID, now: datetime) -> UUID:
    """Offer what is open of a shift that is out to another that is not over; it is taken by the other's crew.
    Errors: NoneSuchError, NotCrewError, StateError."""
    with work(seeing(actor)) as w:
        row, other = _crewed(w, actor, shift), held(w, actor, Shift, to)
        fits = row.state == Shift.OPEN and other.pk != row.pk
        lasts = other.state in (Shift.PLANNED, Shift.OPEN) and other.ends_at > now
        if not (fits and lasts) or Handover.objects.filter(shift=row, taken_at=None).exists():
            raise errors.StateError
        orders = [str(one.id) for one in Order.objects.filter(shift=row, state__in=_OPEN).order_by("id")]
        made = Handover(
            id=mint(row.ground, now),
            ground=row.ground,
            shift=row,
            to=other,
            orders=orders,
            given_at=now,
            given_by=actor.account,
        )
        w.name([made.id])
        w.add(made)
        record(w, row, "shift_offered", {"to": str(to), "orders": orders}, now)
    return made.id


def take_over(*, actor: Actor, handover: UUID, now: datetime) -> None:
    """Take what another shift offered: its open orders are one's own from now. Errors: NoneSuchError,
    NotCrewError, SameHandError, StateError."""
    with work(seeing(actor)) as w:
        made = held(w, actor, Handover, handover)
        if made.given_by is not None and made.given_by == actor.account:
            raise errors.SameHandError
        row = _crewed(w, actor, made.to_id)
        if made.taken_at is not None or row.state not in (Shift.PLANNED, Shift.OPEN):
            raise errors.StateError
        made.taken_at, made.taken_by = now, actor.account
        w.change(made, ["taken_at", "taken_by"], taken_at=None)
        for one in Order.objects.filter(shift=made.shift_id, state__in=_OPEN):
            w.name([one.id])
            one.shift = row
            w.change(one, ["shift"])
        record(w, row, "shift_taken_over", {"of": str(made.shift_id), "orders": made.orders}, now)


def forget_due(*, now: datetime, limit: int = 500) -> int:
    """Erase positions of vessels that were back so many days ago as the slot says; how many. An empty
    slot erases nothing by itself."""
    slot = catalogue.slot(KEPT_DAYS, on=now.date())
    if slot is None or slot.value is None:
        return 0
    until = now - timedelta(days=int(slot.value))
    with work(seeing(_WORKER)) as w:
        rows = list(Position.objects.filter(log__back_at__lt=until).order_by("id")[:limit])
        w.name(one.id for one in rows)
        for one in rows:
            w.remove(one)
    return len(rows)


def _crewed(w: Work, actor: Actor, shift: UUID) -> Shift:
    """A shift of whose crew the actor's post is one, locked. Errors: NoneSuchError, NotCrewError."""
    row = held(w, actor, Shift, shift)
    if not serves(actor, row):
        raise errors.NotCrewError
    return row


def _log(w: Work, row: Shift) -> Log:
    log = Log.objects.filter(shift=row, back_at=None).first()
    if log is None or row.state != Shift.OPEN:
        raise errors.StateError
    w.name([log.id])
    return log


def _shapes(row: Shift, level: str) -> list[str]:
    """The outlines of the zones on the way, as they are now."""
    zones = row.route.zones if row.route else []
    rows = Shape.objects.filter(zone__in=zones, level=level).order_by("zone_id", "-made_at", "-id")
    return [str(one.id) for one in rows.distinct("zone_id")]
