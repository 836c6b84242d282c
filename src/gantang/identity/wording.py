"""What a device is called where one looks for the one to end."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.identity import rules

_KINDS = {
    "phone": gettext_lazy("手机"),
    "tablet": gettext_lazy("平板"),
    "computer": gettext_lazy("电脑"),
    "computer_or_tablet": gettext_lazy("电脑或平板"),
}


def device_title(family: str) -> str:
    """手机 · Chrome · Android, by what was kept of it."""
    kind, browser, system = rules.families(family)
    return " · ".join(str(one) for one in (_KINDS.get(kind, _("认不出的设备")), browser, system) if one)
