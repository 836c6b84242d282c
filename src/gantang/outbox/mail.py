"""Mail over SMTP: one message per parcel, worded by the room that owns its kind."""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from gantang.outbox import registry, rules
from gantang.outbox.errors import DeliveryError, UndeliverableError
from gantang.outbox.service.deliver import SkippedError
from gantang.outbox.types import Message, Parcel

NAME = "mail"


def send(parcel: Parcel) -> None:
    """Word the parcel and hand it to the mail server.

    Raises UndeliverableError where the server refuses for good (5xx), DeliveryError where a later try may
    help.
    """
    message = registry.render(parcel)
    if message is None:
        raise SkippedError("nothing_to_say")
    if not settings.EMAIL_HOST:
        raise SkippedError("mail.off")
    try:
        _compose(parcel, message).send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(max((code for code, _ in error.recipients.values()), default=0)) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code) from None
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"smtp.{type(error).__name__}"[:60]) from None


def _compose(parcel: Parcel, message: Message) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    identity = rules.message_id(
        stream=parcel.stream, kind=parcel.kind, version=parcel.version, refs=parcel.refs, domain=domain
    )
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": identity, "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )


def _refused(code: int) -> DeliveryError:
    return (UndeliverableError if 500 <= code < 600 else DeliveryError)(f"smtp.{code}")
