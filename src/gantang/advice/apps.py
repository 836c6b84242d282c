from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdviceConfig(AppConfig):
    """Suggestions of a class, learned from what this deployment decided; a person decides."""

    name = "gantang.advice"
    label = "advice"
    verbose_name = _("办件建议")
    app_rights = {"advice_model": "SELECT, INSERT", "advice_suggestion": "SELECT, INSERT, UPDATE"}

    def ready(self) -> None:
        """Take the news of what was decided."""
        from gantang.advice import news

        news.register()
