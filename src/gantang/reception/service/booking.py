"""One place of one time: booked under a lock, cancelled until it starts, forgotten on its day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from gantang.kit import keys
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.once import once
from gantang.kit.work import Work, work
from gantang.posts import queries as posts
from gantang.reception import codes, errors, mails
from gantang.reception.models import Booking, Offer
from gantang.reception.queries.booking import by_code, view_of
from gantang.reception.queries.times import is_time
from gantang.reception.service.common import record_booking
from gantang.reception.service.terms import days_kept
from gantang.reception.types import Booked, BookingView, Visitor
from gantang.vault import service as vault

PURPOSE = "appointment"


def book(
    *, actor: Actor, offer: int, starts_at: datetime, visitor: Visitor, key: str, now: datetime
) -> Booked:
    """Take one place of a time. The same key with the same words gives the same booking and code.

    The offer's row is locked while places are counted, so that no time is ever overbooked. Errors:
    NoServiceError, NoTimeError, FullError, KeyReusedError.
    """
    body = {"offer": offer, "at": starts_at.isoformat(), **visitor.fields()}
    with work(actor) as w:
        row = Offer.objects.select_for_update().select_related("listing").filter(pk=offer).first()
        if row is None or row.ended_on is not None or not row.listing.shown:
            raise errors.NoServiceError
        claim = once(w, actor=actor, key=key, body=body)
        if claim.again:
            return _again(UUID(claim.ref["booking"]))
        made, code = _made(w, row, starts_at, visitor, now)
        claim.keep(201, {"booking": str(made.id)})
    return Booked(code, view_of(made))


def cancel(*, actor: Actor, code: str, now: datetime) -> BookingView:
    """Give the place back, until the time starts; once more changes nothing. Errors: NoBookingError,
    TooLateError."""
    found = by_code(code)
    with work(actor) as w:
        row = Booking.objects.select_for_update().get(pk=found.id)
        if row.state == Booking.BOOKED:
            if row.starts_at <= now:
                raise errors.TooLateError
            row.state, row.cancelled_at = Booking.CANCELLED, now
            w.change(row, ["state", "cancelled_at"], state=Booking.BOOKED)
            record_booking(w, row.id, "cancelled", {}, now)
    return view_of(row)


def forget_due(*, now: datetime, limit: int = 200) -> int:
    """Erase who came, some days after the day; how many were forgotten. Safe to repeat and to interrupt."""
    due = Booking.objects.filter(forget_on__lte=now.date()).order_by("forget_on", "id")
    found = list(due.values_list("id", flat=True)[:limit])
    for booking in found:
        with work(SYSTEM, ids=[booking]) as w:
            _forget(w, booking, now)
    return len(found)


def _forget(w: Work, booking: UUID, now: datetime) -> None:
    row = Booking.objects.select_for_update().filter(pk=booking, forget_on__lte=now.date()).first()
    if row is None:
        return
    vault.erase(w, city=keys.city_of(booking), matter=booking, now=now)
    row.entry, row.reachable, row.forget_on = None, False, None
    w.change(row, ["entry", "reachable", "forget_on"])
    record_booking(w, booking, "forgotten", {}, now)


def _made(w: Work, offer: Offer, starts_at: datetime, visitor: Visitor, now: datetime) -> tuple[Booking, str]:
    taken = Booking.objects.filter(offer=offer, starts_at=starts_at, state=Booking.BOOKED).count()
    if not is_time(offer, starts_at, now):
        raise errors.NoTimeError
    if taken >= offer.places:
        raise errors.FullError
    ground = posts.unit(offer.listing_id).ground
    id_ = keys.mint(keys.city_on(ground), now)
    code = codes.code_of(id_)
    row = Booking(
        id=id_,
        offer=offer,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=offer.minutes),
        code=codes.hash_of(code),
        made_at=now,
    )
    _keep(w, row, visitor, now)
    w.add(row)
    record_booking(w, row.id, "made", {"centre": offer.listing_id, "service": offer.service}, now)
    mails.announce(w, row, visitor, now=now)
    return row, code


def _keep(w: Work, row: Booking, visitor: Visitor, now: datetime) -> None:
    """Who comes goes into the vault, with the day on which it is forgotten."""
    given = visitor.fields()
    if not given:
        return
    until = _last(row.starts_at, now)
    kept = vault.keep(
        w,
        city=keys.city_of(row.id),
        matter=row.id,
        kind="person",
        plain=given,
        purpose=PURPOSE,
        keep_until=until,
        is_new=True,
        now=now,
    )
    row.entry, row.reachable, row.forget_on = kept.id, bool(mails.way_to(visitor)), until + timedelta(days=1)


def _last(starts_at: datetime, now: datetime) -> date:
    """The last day on which it is known who came."""
    return starts_at.date() + timedelta(days=days_kept(now))


def _again(booking: UUID) -> Booked:
    row = Booking.objects.get(pk=booking)
    return Booked(codes.code_of(booking), view_of(row))
