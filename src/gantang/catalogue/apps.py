from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "gantang.catalogue"
    verbose_name = _("分类与日历")
    # What a word or a day once meant stays known: rows end, they are not deleted.
    app_rights = {
        f"catalogue_{table}": "SELECT, INSERT, UPDATE"
        for table in ("term", "period", "day", "year", "edition", "slot", "version")
    }

    def ready(self) -> None:
        """Say how the token of what processes keep is read."""
        from gantang.kit import tokens

        tokens.register("catalogue", "SELECT name, token FROM catalogue_version")
