from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "gantang.procedures"
    verbose_name = _("流程")
    # What was in force stays known: a version is never changed, the next row replaces it.
    app_rights = {
        "procedures_procedureversion": "SELECT, INSERT",
        "procedures_upgrade": "SELECT, INSERT, UPDATE",
        "procedures_proof": "SELECT, INSERT, UPDATE",
    }

    def ready(self) -> None:
        """Say how the token of what processes keep is read."""
        from gantang.kit import tokens

        tokens.register("procedures", "SELECT 'procedures', max(id) FROM procedures_procedureversion")
