"""The kit as a Django application: two small tables and the start-up checks."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """What every room stands on; nothing of the field."""

    name = "gantang.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
    app_rights = {"kit_keymark": "SELECT, INSERT", "kit_counter": "SELECT, INSERT, UPDATE"}

    def ready(self) -> None:
        """Register the system checks, and how moments are read."""
        from gantang.kit import checks, moments  # noqa: F401

        moments.register()
