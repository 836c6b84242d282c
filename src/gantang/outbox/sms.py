"""SMS by the operator's own gateway: one signed POST a notice, by the scheme of Standard Webhooks.

The gateway gets a number to write to, a title, the matter's number and a link; never a name, a word of the
matter or an access code. Which vendor carries it is the gateway's business.
"""

from django.conf import settings
from django.db import connection

from gantang.kit import clock
from gantang.kit.canonical import canonical
from gantang.outbox import http, registry, rules, standard
from gantang.outbox.errors import DeliveryError, UndeliverableError
from gantang.outbox.service.deliver import SkippedError
from gantang.outbox.types import Message, Parcel

NAME = "sms"
#: What the gateway says of a notice that will never arrive: a number that is none, or one that wants none.
_FOR_GOOD = frozenset({400, 410, 422})


def send(parcel: Parcel) -> None:
    """Word the parcel, sign it and hand it to the gateway; the same bytes at every try.

    Errors: DeliveryError, to be tried again; UndeliverableError where the gateway refuses for good.
    """
    message = registry.render(parcel)
    if message is None:
        raise SkippedError("nothing_to_say")
    if not settings.GANTANG_SMS_URL:
        raise SkippedError("sms.off")
    body = body_of(parcel, message)
    signed = standard.headers(
        [standard.secret_of(settings.GANTANG_SMS_SECRET)],
        identity=identity_of(parcel),
        timestamp=int(clock.now().timestamp()),
        body=body,
    )
    if not connection.in_atomic_block:
        connection.close()  # whoever waits for an answer needs no connection of the pool meanwhile
    _answered(http.post(settings.GANTANG_SMS_URL, body, signed))


def body_of(parcel: Parcel, message: Message) -> bytes:
    """What the gateway reads."""
    at = parcel.created_at.isoformat() if parcel.created_at else None
    data = {"to": message.to, "title": message.subject, "number": message.number, "link": message.link}
    return canonical({"type": "sms.send", "timestamp": at, "data": data})


def identity_of(parcel: Parcel) -> str:
    """The ``webhook-id``: one for each notice to each person, the same over all tries."""
    told = rules.message_id(
        stream=parcel.stream, kind=parcel.kind, version=parcel.version, refs=parcel.refs, domain="sms"
    )
    return "msg_" + told.strip("<>").partition("@")[0]


def _answered(answer: http.Answer) -> None:
    if answer.status in _FOR_GOOD:
        raise UndeliverableError(f"http.{answer.status}")
    if not 200 <= answer.status < 300:
        raise DeliveryError(f"http.{answer.status}", after=answer.after)
