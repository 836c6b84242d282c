"""People and sensitive text."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Encrypted, purpose-bound, logged when opened, forgotten on time."""

    name = "gantang.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
    readonly = False

    def ready(self) -> None:
        """Say how the token of what processes keep is read."""
        from gantang.kit import tokens

        tokens.register("vault", "SELECT 'vault', max(number) FROM vault_generation")
