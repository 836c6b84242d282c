"""Chains of steps."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """What happened, in order, for good."""

    name = "gantang.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
    app_rights = {
        "ledger_step": "SELECT, INSERT",
        "ledger_streamhead": "SELECT, INSERT, UPDATE",
        "ledger_leaf": "SELECT",
        "ledger_checkpoint": "SELECT",
        "ledger_verification": "SELECT, INSERT, UPDATE",
    }

    def ready(self) -> None:
        """Each ``migrate`` also adds the months that lie ahead."""
        post_migrate.connect(_add_months, sender=self)


def _add_months(using: str, **kwargs: Any) -> None:
    from gantang.kit import clock
    from gantang.ledger import months

    if using == months.OWNER and months.is_made():
        months.add_months(clock.now())
