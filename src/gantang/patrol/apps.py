from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_KEPT = (
    "point", "vessel", "zone", "shape", "level", "route", "officer", "roster", "shift", "crew", "concern",
    "log", "order", "handover",
)  # fmt: skip


class PatrolConfig(AppConfig):
    """The joint patrol of the lake: rosters, points, vessels, routes, shifts, logs and orders."""

    name = "gantang.patrol"
    label = "patrol"
    verbose_name = _("联合巡逻")
    # What was planned and served stays known: rows end, they are not deleted.
    app_rights = {
        **{f"patrol_{table}": "SELECT, INSERT, UPDATE" for table in _KEPT},
        "patrol_position": "SELECT, INSERT, DELETE",
    }

    def ready(self) -> None:
        """Tell the outbox which news there are."""
        from gantang.patrol.service import orders

        orders.register()
