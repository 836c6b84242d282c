from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "gantang.outbox"
    default_auto_field = "django.db.models.BigAutoField"
    closed = frozenset({"outbox_webhook"})

    def ready(self) -> None:
        """Mail, SMS and webhooks are the destinations that the outbox itself brings."""
        from gantang.kit import tokens
        from gantang.outbox import mail, registry, sms, webhook

        registry.destination(mail.NAME, inside=False, strict=False)(mail.send)
        registry.destination(sms.NAME, inside=False, strict=False)(sms.send)
        registry.family("webhook")(webhook.send)
        # It rises whenever a receiver is added or ended.
        tokens.register(
            "outbox", "SELECT 'outbox', sum(id * 2 + (ended_at IS NOT NULL)::int)::bigint FROM outbox_webhook"
        )
