"""What can go wrong with the ledger."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import UnavailableError


class NoMonthError(UnavailableError):
    """Steps would be minted in a month that has no partition (or the clock is wrong by years)."""

    code = "ledger.no_month"
    sentence = _("台账没有 {month} 的分区，暂停办理。")
    remedy = _("请管理员运行 gantang migrate 增加分区，并核对服务器时间。")


class TextInStepError(ValueError):
    """A programming error: a step holds codes, ids, moments and versions, never text."""
