"""What can be wrong with ground, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ForbiddenError, InvalidError


class NotAdminError(ForbiddenError):
    code = "territory.not_admin"
    sentence = _("只有管理岗可以变更区划和网格。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class GroundError(InvalidError):
    """A change of ground that cannot be made."""


def no_village(village: str) -> GroundError:
    return GroundError(
        "territory.no_village",
        _("没有在用的村或社区 {village}。"),
        remedy=_("网格只能设在在用的村或社区之下，请核对 12 位代码。"),
        details={"village": village},
    )


def village_full(village: str) -> GroundError:
    return GroundError(
        "territory.village_full",
        _("{village} 的网格编号已用完。"),
        remedy=_("编号不得重复使用；请改用另一类网格，或先拆分村、社区。"),
        details={"village": village},
    )


def no_kind(kind: str) -> GroundError:
    return GroundError("territory.no_kind", _("没有这类网格：{kind}。"), details={"kind": kind})


def no_grid(code: str) -> GroundError:
    return GroundError(
        "territory.no_grid",
        _("没有在用的网格 {code}。"),
        remedy=_("请核对网格代码；已停用的网格不能再变更。"),
        details={"code": code},
    )


def no_ring(code: str) -> GroundError:
    return GroundError(
        "territory.no_ring",
        _("网格 {code} 的边界少于三个点。"),
        remedy=_("请提供闭合的边界。"),
        details={"code": code},
    )


def ends_early(code: str) -> GroundError:
    return GroundError(
        "territory.ends_early",
        _("网格 {code} 的停用日期早于启用日期。"),
        details={"code": code},
    )
