"""What a password may not be: a word of this place inside it, or one of a list of known ones in a local file.

Named in ``AUTH_PASSWORD_VALIDATORS``, so that every way to set one asks: an administrator's, and one's own.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: The product's own names; what is shorter than four letters stands in too many words to be refused.
OWN = ("gantang", "甘棠")
_SHORTEST = 4


class PlaceWordsValidator:
    """No password is built round the product's name, the site's, the account's own, or a local word
    (``GANTANG_PASSWORD_WORDS``: units, places)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Errors: ValidationError."""
        lowered = password.lower()
        if any(word in lowered for word in _words(getattr(user, "username", "") or "")):
            raise ValidationError(_("密码里有本单位、本系统或自己登录名的字样。"), code="place_word")

    def get_help_text(self) -> str:
        """For the page on which a password is set."""
        return _("密码里不要有本单位、本系统或自己登录名的字样。")


class KnownValidator:
    """None of those that leaked elsewhere, where the administrator gave a list (``GANTANG_PASSWORD_LIST``:
    one a line, UTF-8). It is read through each time: no list is too long for the memory."""

    def validate(self, password: str, user: Any = None) -> None:
        """Errors: ValidationError; OSError where the list is gone."""
        wanted = password.strip().lower()
        if settings.GANTANG_PASSWORD_LIST is None:
            return
        with Path(settings.GANTANG_PASSWORD_LIST).open(encoding="utf-8", errors="replace") as lines:
            if any(line.strip().lower() == wanted for line in lines):
                raise ValidationError(_("这个密码已在别处泄露过。"), code="known")

    def get_help_text(self) -> str:
        """For the page on which a password is set."""
        return _("不要用在别处泄露过的密码。")


def _words(username: str) -> set[str]:
    host = (urlsplit(settings.GANTANG_URL).hostname or "").split(".")
    latin = {one.lower() for one in (*host, username) if len(one) >= _SHORTEST and not one.isdigit()}
    return {*OWN, *latin, *(one.lower() for one in settings.GANTANG_PASSWORD_WORDS)}
