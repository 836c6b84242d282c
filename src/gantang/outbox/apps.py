from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "gantang.outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Mail is the destination the outbox itself brings."""
        from gantang.outbox import mail, registry

        registry.destination(mail.NAME, inside=False, strict=False)(mail.send)
