"""How django-allauth signs people in here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from gantang.identity import service
from gantang.identity.models import Account
from gantang.kit import clock


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, never by sign-up; each sign-in and sign-out is a step."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for oneself."""
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, and note it on the account's stream."""
        super().login(request, user)
        service.note_sign_in(account=user.pk, now=clock.now())

    def logout(self, request: HttpRequest) -> None:
        """Note it on the account's stream, and sign out."""
        account: Any = request.user.pk
        super().logout(request)
        if account is not None:
            service.note_sign_out(account=account, now=clock.now())
