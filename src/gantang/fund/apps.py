from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: Of an entry only its decision is written later; what it says cannot be changed, not even by mistake.
_DECIDED = "state, number, decided_by, decided_post, decided_at"


class FundConfig(AppConfig):
    """The books of the good samaritans' funds (见义勇为基金): no names, no person."""

    name = "gantang.fund"
    label = "fund"
    verbose_name = _("见义勇为基金")
    app_rights = {
        "fund_fund": "SELECT, INSERT, UPDATE",
        "fund_entry": f"SELECT, INSERT, UPDATE ({_DECIDED})",
        "fund_year": "SELECT, INSERT, UPDATE",
        "fund_publication": "SELECT, INSERT",
    }
