from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolConfig(AppConfig):
    """The joint patrol of the lake: rosters, points, vessels, routes, shifts, logs and orders."""

    name = "gantang.patrol"
    label = "patrol"
    verbose_name = _("联合巡逻")
