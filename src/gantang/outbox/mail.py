"""Mail over SMTP: one message per parcel, worded by the room that owns its kind."""

import smtplib
import ssl
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp

from gantang.outbox import registry, rules
from gantang.outbox.errors import DeliveryError, UndeliverableError
from gantang.outbox.service.deliver import SkippedError
from gantang.outbox.types import Message, Parcel

NAME = "mail"
#: "The service closes": the server is about to be away.
_CLOSES = 421


class AnswerLostError(smtplib.SMTPException):
    """The letter was handed over whole, and no answer came, or none that says anything."""


class _Answers:
    """A line to the server that knows whether the letter had left when it broke."""

    _is_out = False

    def getreply(self) -> tuple[int, bytes]:
        """As ever; after the letter a broken line, or half an answer, is told apart."""
        was_out, self._is_out = self._is_out, False
        try:
            code, text = super().getreply()  # type: ignore[misc]
        except OSError:
            if was_out:
                raise AnswerLostError from None
            raise
        if was_out and not 200 <= code < 600:
            raise AnswerLostError
        self._is_out = code == 354
        return code, text


class _Plain(_Answers, smtplib.SMTP):
    pass


class _Secured(_Answers, smtplib.SMTP_SSL):
    pass


class Backend(smtp.EmailBackend):
    """Django's own, by lines that know what had left."""

    @property
    def connection_class(self) -> Any:
        """The line's class."""
        return _Secured if self.use_ssl else _Plain


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
    except AnswerLostError:
        raise DeliveryError("smtp.answer_lost", away=True, unsure=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"smtp.{type(error).__name__}"[:60], away=_is_away(error)) from None


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
    if 500 <= code < 600:
        return UndeliverableError(f"smtp.{code}")
    return DeliveryError(f"smtp.{code}", away=code == _CLOSES)


def _is_away(error: Exception) -> bool:
    """Whether nobody answers there: a fault of one letter holds up no other."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return not isinstance(error, ssl.SSLError)
