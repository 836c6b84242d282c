"""How django-allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gantang.identity import queries, rules, service
from gantang.identity.errors import BarredError
from gantang.identity.models import Account
from gantang.identity.service import tries
from gantang.kit import clock, limits

#: The cookie that a device is known by, and for how long.
DEVICE, DEVICE_AGE = "device", 365 * 24 * 3600


#: Wrong passwords from one address, whatever the accounts, from devices nobody signed in from before.
STRANGERS = limits.Limit("identity.sign_in", 100, 900)


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, never by sign-up; each sign-in and sign-out is a step."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for oneself."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """No password is looked at where too many were wrong: counted for the account from this device or
        address, so that nobody bars somebody else elsewhere; and for the address, whatever the accounts,
        where a device that has signed in before is let through all the same."""
        place = _place(request, credentials)
        if tries.barred_until(place, now=clock.now()) is not None or _is_flooded(request):
            raise ValidationError(BarredError().words)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Whoever signs in by this password; what follows from right and wrong is counted by place."""
        self._login_failed_rl_usage = None
        user: Account | None = super().authenticate(request, **credentials)
        if user is not None and _is_past(user):
            return None
        if user is not None:
            tries.succeeded(_place(request, credentials))
        return user

    def set_password(self, user: Account, password: str) -> None:
        """One's own, chosen on the page for it: a step like any other change."""
        service.own_password(account=user.pk, password=password, now=clock.now())
        user.refresh_from_db()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where one sees who one is."""
        return str(reverse("desk:me"))

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing of the library's own count is used."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """One more wrong password from this place."""
        tries.failed(_place(request, credentials), now=clock.now())
        if not _has_device(request):
            limits.take(STRANGERS, limits.source(_source(request)), now=clock.now())

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, note it on the account's stream, and know the device from now on."""
        super().login(request, user)
        now = clock.now()
        service.note_sign_in(account=user.pk, now=now)
        request.device = service.remember(  # type: ignore[attr-defined]
            account=user.pk,
            secret=request.COOKIES.get(device_cookie(), ""),
            session=request.session.session_key or "",
            family=_family(request),
            source=_source(request),
            now=now,
        )

    def logout(self, request: HttpRequest) -> None:
        """Note it on the account's stream, and sign out."""
        account: Any = request.user.pk
        session = request.session.session_key or ""
        super().logout(request)
        if account is not None:
            request.signed_out = True  # type: ignore[attr-defined]
            service.signed_out(session=session)
            service.note_sign_out(account=account, now=clock.now())


def _is_past(user: Account) -> bool:
    """Whether it signs in by a password that was given and not changed in time."""
    return user.first_until is not None and user.first_until < clock.now()


def device_cookie() -> str:
    """The name of that cookie here."""
    return f"{settings.GANTANG_COOKIE_PREFIX}{DEVICE}"


def keep_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give a device that signed in its secret, for a year, out of reach of scripts; tell one that signed out
    to forget what it kept of the pages."""
    if getattr(request, "signed_out", False):
        response["Clear-Site-Data"] = '"cache", "storage"'
    secret = getattr(request, "device", "")
    if secret:
        response.set_cookie(
            device_cookie(),
            secret,
            max_age=DEVICE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _place(request: HttpRequest, credentials: dict[str, Any]) -> bytes:
    return tries.place_of_try(
        str(credentials.get("username", "")),
        secret=request.COOKIES.get(device_cookie(), ""),
        source=limits.source(_source(request)),
    )


def _is_flooded(request: HttpRequest) -> bool:
    source = limits.source(_source(request))
    return not _has_device(request) and limits.is_spent(STRANGERS, source, now=clock.now())


def _has_device(request: HttpRequest) -> bool:
    secret = request.COOKIES.get(device_cookie(), "")
    return bool(secret) and queries.is_device(secret)


def _family(request: HttpRequest) -> str:
    told = request.headers
    return rules.family_of(told.get("User-Agent", ""), told.get("Sec-CH-UA-Mobile", ""))


def _source(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
