"""A code that a visitor entered, in a signed cookie of this browser, so that no address holds it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import GantangError

#: A visit: long enough to read and answer, short enough for a shared phone.
SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of code: the name of its cookie and what its signature is bound to."""

    cookie: str
    salt: str

    @property
    def name(self) -> str:
        """The name of the cookie here."""
        return f"{settings.GANTANG_COOKIE_PREFIX}{self.cookie}"

    def read(self, request: HttpRequest) -> str:
        """The code of this visit, or ""."""
        found = request.get_signed_cookie(self.name, default="", salt=self.salt, max_age=SECONDS)
        return str(found or "")

    def hold(self, response: HttpResponse, code: str) -> None:
        """Keep the code for this visit."""
        response.set_signed_cookie(
            self.name,
            code,
            salt=self.salt,
            max_age=SECONDS,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )

    def forget(self, response: HttpResponse) -> None:
        """Drop it."""
        response.delete_cookie(self.name, path="/", samesite="Lax")


class CodeMissingError(GantangError):
    """Nothing was entered where a code is asked for: no guess, and no search."""

    status = 422
    code = "portal.code_missing"
    sentence = _("还没有填。")
    remedy = _("请填好再查。")


def entered(request: HttpRequest, name: str = "code") -> str:
    """What was entered as a code. Errors: CodeMissingError."""
    given = request.POST.get(name, "")
    if not given.strip():
        raise CodeMissingError
    return given


#: The access code of a matter, and the code of a booking.
MATTER = Held("gantang_code", "portal.code")
BOOKING = Held("gantang_booking", "portal.booking")
