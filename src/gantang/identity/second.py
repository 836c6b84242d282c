"""The second factor: an authenticator app and recovery codes, their secrets sealed in the database."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

from gantang.identity import service
from gantang.kit import clock, crypto

PURPOSE, BOUND = "second factor", b"identity"


class StaffFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are sealed under a key outside the database; the app shows the product's name."""

    def encrypt(self, text: str) -> str:
        """A secret, sealed."""
        return b64encode(crypto.seal(crypto.derive(PURPOSE), text.encode(), BOUND)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret again, under whichever suite it was sealed."""
        sealed = b64decode(encrypted_text)
        key = crypto.derive(PURPOSE, suite=crypto.suite_of(sealed))
        return crypto.unseal(key, sealed, BOUND).decode()

    def get_totp_issuer(self) -> str:
        """What the app calls us."""
        return "Gantang 甘棠"


def register() -> None:
    """Each change of a factor is a step on the account's stream."""
    authenticator_added.connect(_added, dispatch_uid="gantang factor added")
    authenticator_reset.connect(_added, dispatch_uid="gantang factor reset")
    authenticator_removed.connect(_removed, dispatch_uid="gantang factor removed")


def _added(*, user: Any, authenticator: Any, **_more: Any) -> None:
    service.note_factor(account=user.pk, kind=authenticator.type, added=True, now=clock.now())


def _removed(*, user: Any, authenticator: Any, **_more: Any) -> None:
    service.note_factor(account=user.pk, kind=authenticator.type, added=False, now=clock.now())
