from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_KEPT = (
    "division",
    "divisionchange",
    "grid",
    "gridpart",
    "changeset",
    "succession",
    "aliascode",
    "facilitykind",
    "placeservice",
    "facility",
    "inspection",
    "facilitycount",
    "place",
)


class TerritoryConfig(AppConfig):
    name = "gantang.territory"
    verbose_name = _("区划与网格")
    # Codes are never used twice, so nothing of ground is ever deleted.
    app_rights = {f"territory_{table}": "SELECT, INSERT, UPDATE" for table in _KEPT}
