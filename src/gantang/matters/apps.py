"""The room of the work itself."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Intake, triage, handling, verification; links, shares, messages, attachments, search."""

    name = "gantang.matters"
    label = "matters"

    def ready(self) -> None:
        """Tell the outbox how this room's messages are worded, and what news it takes."""
        from gantang.matters import news, notices

        notices.register()
        news.register()
