"""Chains of steps."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened, in order, for good."""

    name = "gantang.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
    app_rights = {"ledger_step": "SELECT, INSERT", "ledger_streamhead": "SELECT, INSERT, UPDATE"}
