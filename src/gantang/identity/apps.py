"""Accounts, sign-in and API clients."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Who signs in; what they may do follows from posts, never from here."""

    name = "gantang.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
    readonly = False  # password and token hashes are nobody's reading

    def ready(self) -> None:
        """Hear of second factors."""
        from gantang.identity import second

        second.register()
