"""What leaves by mail: the confirmation with the booking code, and a reminder the day before. Whoever left a
number alone gets the reminder by SMS, where the operator has a gateway: when and where, never what for.

Rows carry references; the text is made when it leaves, in the installation's language.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gantang.kit import clock, keys
from gantang.kit.work import Work
from gantang.outbox import registry
from gantang.outbox import service as outbox
from gantang.outbox.types import Message, Parcel
from gantang.reception import codes
from gantang.reception.models import Booking
from gantang.reception.types import BookingView, Visitor
from gantang.vault import service as vault

BOOKED, REMINDER = "reception.booked", "reception.reminder"
AHEAD = timedelta(days=1)


def way_to(visitor: Visitor) -> str:
    """How somebody is told: by "mail", by "sms", or "" where neither can be."""
    if visitor.email:
        return "mail"
    return "sms" if visitor.phone and settings.GANTANG_SMS_URL else ""


def announce(w: Work, row: Booking, visitor: Visitor, *, now: datetime) -> None:
    """The confirmation at once, by mail alone; the reminder a day ahead, where that is still to come."""
    way = way_to(visitor)
    if way == "mail":
        _put(w, row, BOOKED, 1, now, None, way)
    if way and row.starts_at - AHEAD > now:
        _put(w, row, REMINDER, 2, now, row.starts_at - AHEAD, way)


def _put(
    w: Work, row: Booking, kind: str, version: int, now: datetime, after: datetime | None, way: str
) -> None:
    outbox.put(
        w,
        destination=way,
        kind=kind,
        city=keys.city_of(row.id),
        stream=row.id,
        version=version,
        refs={},
        now=now,
        after=after,
    )


def register() -> None:
    """Tell the outbox how each kind is worded."""
    registry.renderer(BOOKED)(_booked)
    registry.renderer(REMINDER)(_reminder)


def _booked(parcel: Parcel) -> Message | None:
    """The confirmation of an appointment with its booking code, to whoever left a mail address."""
    return _worded(parcel, _("约好了，这是您的预约码"), with_code=True)


def _reminder(parcel: Parcel) -> Message | None:
    """A reminder the day before an appointment that still stands."""
    if parcel.destination == "sms":
        return _short(parcel)
    return _worded(parcel, _("明天到中心办事，别忘了"))


def _short(parcel: Parcel) -> Message | None:
    """What an SMS says: when and where; a locked screen tells nothing of what for."""
    row, person = _standing(parcel)
    if row is None:
        return None
    at = f"{row.starts_at.astimezone(clock.ZONE):%m-%d %H:%M}"
    place = _view(row).place
    title = _("%(at)s到%(place)s办事，别忘了") % {"at": at, "place": place}
    link = f"{settings.GANTANG_URL}/booking/"
    return Message(to=person["phone"], subject=title, body=f"{title}\n{link}\n", link=link)


def _worded(parcel: Parcel, subject: str, *, with_code: bool = False) -> Message | None:
    """The mail; nothing where the booking was cancelled or the person was forgotten since."""
    row, person = _standing(parcel)
    if row is None:
        return None
    one = _view(row)
    at, things = one.starts_at.astimezone(clock.ZONE), one.service.things(get_language() or "")
    lines = [
        _("办什么：%(what)s") % {"what": one.service.name(get_language() or "")},
        _("什么时候：%(at)s") % {"at": f"{at:%Y-%m-%d %H:%M}"},
        _("在哪里：%(where)s") % {"where": f"{one.place} {one.address}".strip()},
        *([_("请带上：%(things)s") % {"things": _("、").join(things)}] if things else []),
        *([_("预约码：%(code)s") % {"code": codes.code_of(row.id)}] if with_code else []),
        _("看预约、取消：%(url)s") % {"url": f"{settings.GANTANG_URL}/booking/"},
    ]
    return Message(to=person["email"], subject=subject, body="\n".join(lines) + "\n")


def _standing(parcel: Parcel) -> tuple[Booking | None, Mapping[str, str]]:
    """The booking that still stands, and who comes; None where it was cancelled or forgotten."""
    rows = Booking.objects.select_related("offer__listing")
    row = rows.filter(pk=parcel.stream, state=Booking.BOOKED, reachable=True).first()
    if row is None or row.entry is None:
        return None, {}
    return row, vault.open_for_system(city=parcel.city, matter=row.id, entry=row.entry)


def _view(row: Booking) -> BookingView:
    from gantang.reception.queries.booking import view_of

    return view_of(row)
