"""The door for programs. No business tables."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Brings the wording; the addresses are in ``urls``."""

    name = "gantang.exchange"
    label = "exchange"
