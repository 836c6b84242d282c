from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_KEPT = ("service", "listing", "offer", "booking", "edition", "editionorder", "notice", "comment")


class ReceptionConfig(AppConfig):
    """A centre's directory, appointments, public notices and published figures."""

    name = "gantang.reception"
    label = "reception"
    verbose_name = _("便民服务")
    # What was public stays known: rows end, they are not deleted.
    app_rights = {f"reception_{table}": "SELECT, INSERT, UPDATE" for table in _KEPT}

    def ready(self) -> None:
        """Tell the outbox how this room's mails are worded."""
        from gantang.reception import mails

        mails.register()
