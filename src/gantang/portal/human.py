"""Whether somebody took the time: no puzzle, no service outside, nothing to type (WCAG 2.2, 3.3.8).

A form's token says when it was made. A browser with script finds a number for it while one is writing:
together they hash to ``BITS`` leading zero bits, some thousand tries. Without script the form only has to be
older than ``WAIT``, which nobody notices who writes a sentence. One token is one matter, one booking, one
comment, so nothing is found once for many.
"""

import hashlib
from datetime import datetime, timedelta

from django.core import signing
from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import GantangError

SALT = "portal.form"
BITS = 12
WAIT = timedelta(seconds=5)
#: A page that lay open longer is asked to be sent once more; what stands in it is kept.
AGE = timedelta(hours=24)


class HastyError(GantangError):
    """The form came back sooner than anybody writes."""

    status = 422
    code = "portal.hasty"
    sentence = _("还没有收下：交得太快了，要防机器乱报。")
    remedy = _("填的都在，请等5秒再按一次；选过照片的，要再选一次。")


class OldPageError(GantangError):
    """The form's token is too old, or none of ours."""

    status = 422
    code = "portal.old_page"
    sentence = _("还没有收下：这一页放得太久了。")
    remedy = _("填的都在，请再按一次；选过照片的，要再选一次。")


def sign(value: str, *, now: datetime) -> str:
    """A token: the value, when it was made, and our signature."""
    return signing.Signer(salt=SALT).sign(f"{value}-{int(now.timestamp())}")


def read(token: str) -> str:
    """The value of a token of ours, however old. Errors: django.core.signing.BadSignature."""
    return signing.Signer(salt=SALT).unsign(token).partition("-")[0]


def check(token: str, found: str, *, now: datetime) -> None:
    """Errors: OldPageError, HastyError."""
    made = _made(token)
    age = now.timestamp() - made
    if age > AGE.total_seconds():
        raise OldPageError
    if age < WAIT.total_seconds() and not is_found(token, found):
        raise HastyError


def is_found(token: str, found: str) -> bool:
    """Whether the number was looked for."""
    if not (found.isascii() and found.isdecimal() and len(found) <= 12):
        return False
    made = hashlib.sha256(f"{token}.{found}".encode()).digest()
    return int.from_bytes(made[:4], "big") >> (32 - BITS) == 0


def _made(token: str) -> int:
    """Seconds since 1970; long ago for a token that is none of ours."""
    try:
        return int(signing.Signer(salt=SALT).unsign(token).partition("-")[2])
    except (signing.BadSignature, ValueError):
        return 0
