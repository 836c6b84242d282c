"""What leaves by mail or SMS: the receipt with its code (by mail alone), news of a public step, word that a
message is waiting, word of a session to whoever is to come.

Rows carry references; the text is made when it leaves. None says what a matter is about.
"""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.engine import PEOPLE_DUTIES, Procedure, Step
from gantang.kit import keys, numbers
from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work, reading
from gantang.matters.models import Matter, Party, Session
from gantang.outbox import registry
from gantang.outbox import service as outbox
from gantang.outbox.types import Message, Parcel
from gantang.vault import service as vault

RECEIPT, NEWS, MESSAGE = "matters.receipt", "matters.news", "matters.message"
SESSION = "matters.session"
#: What is said of a session by the step it took; not that it is a mediation, for others read along.
SESSIONS = {
    "session_planned": gettext_lazy("约您到场的时间地点定了"),
    "session_moved": gettext_lazy("约您到场的时间地点改了"),
    "session_cancelled": gettext_lazy("约您到场的那一次取消了"),
}
#: Where a notice goes, by how somebody is reached.
WAYS = {"email": "mail", "phone": "sms"}


def receipt(w: Work, row: Matter, party: Party, *, now: datetime) -> None:
    """The receipt with the access code, to whoever left a mail address."""
    _put(w, row, party, RECEIPT, {"issue": party.issue}, now)


def message(w: Work, row: Matter, party: Party, *, now: datetime) -> None:
    """Word that a message is waiting behind the code."""
    _put(w, row, party, MESSAGE, {}, now)


def session(w: Work, row: Matter, step: str, no: int, people: Collection[int], *, now: datetime) -> None:
    """Word of a step of a session to those of its people who left a way to be reached."""
    if step not in SESSIONS:
        return
    known = Party.objects.filter(city=row.city, matter_id=row.id, reachable_by__in=WAYS, no__in=set(people))
    for party in known.order_by("no"):
        _put(w, row, party, SESSION, {"step": step, "session": no}, now)


def news(w: Work, row: Matter, procedure: Procedure, step: Step, *, now: datetime) -> None:
    """Word of a step that asks something of the reporter, or ends the matter."""
    if not _concerns_people(procedure, step):
        return
    known = Party.objects.filter(city=row.city, matter_id=row.id, reachable_by__in=WAYS)
    for party in known.order_by("no"):
        _put(w, row, party, NEWS, {"move": step.data["move"], "step": row.version}, now)


def _concerns_people(procedure: Procedure, step: Step) -> bool:
    if step.name != "moved" or not procedure.moves[step.data["move"]].public:
        return False
    target = procedure.states.get(step.data.get("to") or "")
    asks = step.data.get("pause") is not None
    return asks or (target is not None and (target.is_end or target.owner in PEOPLE_DUTIES))


def _put(w: Work, row: Matter, party: Party, kind: str, refs: dict[str, object], now: datetime) -> None:
    destination = WAYS.get(party.reachable_by, "")
    if not destination or (destination == "sms" and not _by_sms(party, kind)):
        return
    outbox.put(
        w,
        destination=destination,
        kind=kind,
        city=row.city,
        stream=row.id,
        version=row.version,
        refs={"party": party.no, **refs},
        now=now,
    )


def _by_sms(party: Party, kind: str) -> bool:
    """By SMS goes only word that there is something to see, to whoever holds the code to see it with."""
    return bool(settings.GANTANG_SMS_URL) and kind != RECEIPT and party.has_code


def register() -> None:
    """Tell the outbox how each kind is worded."""
    registry.renderer(RECEIPT)(_receipt)
    registry.renderer(NEWS)(_news)
    registry.renderer(MESSAGE)(_message)
    registry.renderer(SESSION)(_session)


def _receipt(parcel: Parcel) -> Message | None:
    """The receipt with the access code, to whoever left a mail address."""
    return _worded(parcel, _("收到了，这是您的查询码"), with_code=True)


def _news(parcel: Parcel) -> Message | None:
    """Word of a step that asks something of the reporter, or ends the matter."""
    return _worded(parcel, _("您反映的事有了新的进展"))


def _message(parcel: Parcel) -> Message | None:
    """Word that a message is waiting behind the code."""
    return _worded(parcel, _("办事的单位给您留了言"))


def _session(parcel: Parcel) -> Message | None:
    """Word that a session was planned, moved or cancelled, to whoever is to come; when and where stands
    behind the code."""
    step = parcel.refs["step"]
    with reading(SYSTEM, ids=[parcel.stream]):
        row = Session.objects.filter(
            city=parcel.city, matter_id=parcel.stream, no=parcel.refs["session"]
        ).first()
    if row is None or (row.state != Session.PLANNED) != (step == "session_cancelled"):
        return None  # it went another way before this left: the next word says so
    return _worded(parcel, str(SESSIONS[step]))


def _worded(parcel: Parcel, subject: str, *, with_code: bool = False) -> Message | None:
    """The mail to one person of a matter; nothing where the address was erased since."""
    with reading(SYSTEM, ids=[parcel.stream]):
        row = Matter.objects.filter(city=parcel.city, id=parcel.stream).first()
        party = Party.objects.filter(
            city=parcel.city, matter_id=parcel.stream, no=parcel.refs["party"]
        ).first()
    if row is None or party is None or party.entry is None or not party.reachable_by:
        return None
    person = vault.open_for_system(city=row.city, matter=row.id, entry=party.entry)
    to = person.get("phone" if parcel.destination == "sms" else "email", "")
    if not to:
        return None
    number, link = numbers.show(row.number), f"{settings.GANTANG_URL}/track/"
    lines = [_("编号：%(number)s") % {"number": number}]
    if with_code:
        lines.append(_("查询码：%(code)s") % {"code": keys.access_code(row.id, party.no, party.issue)})
        lines.append(_("查询码只给您一个人，请不要告诉别人。"))
    lines.append(_("查看进展：%(url)s") % {"url": link})
    return Message(to=to, subject=subject, body="\n".join(lines) + "\n", number=number, link=link)
