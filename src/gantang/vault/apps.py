"""People and sensitive text."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Encrypted, purpose-bound, logged when opened, forgotten on time."""

    name = "gantang.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
    readonly = False
