"""The room of the work itself."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Intake, triage, handling, verification; links, shares, messages, search; protected tips."""

    name = "gantang.matters"
    label = "matters"
    app_rights = {
        "sealed_holder": "SELECT, INSERT",
        "sealed_notice": "SELECT, INSERT",
        "sealed_piece": "SELECT, INSERT",
        "sealed_head": "SELECT, INSERT, UPDATE",
        "sealed_tip": "SELECT, INSERT, UPDATE",
    }
    #: Locked keys and what was declared in confidence are not for the reader either.
    closed = frozenset(
        {
            "sealed_holder",
            "sealed_box",
            "sealed_conflict",
            "sealed_tip",
            "sealed_head",
            "sealed_piece",
            "sealed_opening",
            "sealed_notice",
        }
    )

    def ready(self) -> None:
        """Tell the outbox how this room's messages are worded, and what news it takes."""
        from gantang.matters import announcing, news, notices

        announcing.register()
        notices.register()
        news.register()
