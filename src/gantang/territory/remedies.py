"""What the check of the ground says of a finding: sentence and remedy, in the language in force."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gantang.territory.types import GroundFinding

#: The kinds, in the order in which they are shown.
FINDING_KINDS = {
    "no_village": gettext_lazy("村已不在用"),
    "no_grid": gettext_lazy("村里没有网格"),
    "no_outline": gettext_lazy("没有边界"),
    "invalid": gettext_lazy("边界无效"),
    "overlap": gettext_lazy("重叠"),
    "two_villages": gettext_lazy("跨村"),
    "astray": gettext_lazy("越界"),
    "gap": gettext_lazy("空隙"),
    "too_small": gettext_lazy("户数偏少"),
    "too_large": gettext_lazy("户数偏多"),
    "no_worker": gettext_lazy("没有网格员"),
    "no_remit": gettext_lazy("没有归口"),
    "facility_gap": gettext_lazy("设施不足"),
}


def finding_sentence(one: GroundFinding) -> str:
    """What is wrong."""
    grids, amount = "、".join(one.grids[:6]), f"{one.amount or 0:,}"
    texts = {
        "no_village": _("网格 {grids} 所在的村、社区已经不在用。"),
        "no_grid": _("村、社区 {grids} 还没有网格，同乡镇其他村已有。"),
        "no_outline": _("网格 {grids} 没有边界。"),
        "invalid": _("网格 {grids} 的边界自己相交：{detail}。"),
        "overlap": _("网格 {grids} 互相重叠 {amount} 平方米。"),
        "two_villages": _("网格 {grids} 分属两个村、社区，却重叠 {amount} 平方米。"),
        "astray": _("网格 {grids} 有 {amount} 平方米在所属区划 {detail} 之外。"),
        "gap": _("网格 {grids} 之间有 {amount} 平方米空隙，不属于任何网格。"),
        "too_small": _("网格 {grids} 有 {amount} 户，少于规定的 {detail} 户。"),
        "too_large": _("网格 {grids} 有 {amount} 户，多于规定的 {detail} 户。"),
        "no_worker": _("网格 {grids} 没有在岗的网格员。"),
        "no_remit": _("网格 {grids} 没有单位负责办理。"),
        "facility_gap": _("网格 {grids} 正常的设施只有 {amount} 处，规定至少：{detail}。"),
    }
    return texts[one.kind].format(grids=grids, amount=amount, detail=one.detail)


def finding_remedy(one: GroundFinding) -> str:
    """How to mend it."""
    return {
        "no_village": _("请用区划调整方案把网格划到现行的村、社区，或撤销。"),
        "no_grid": _("请划设网格，或确认这个村确实没有。"),
        "no_outline": _("请补导边界；没有边界就不能按位置找到它。"),
        "invalid": _("请在制图软件里修复几何，再导入。"),
        "overlap": _("请以其中一条边界为准，改另一条，再导入。"),
        "two_villages": _("一个网格只能在一个村、社区之内：请按村界改边界。"),
        "astray": _("请按区划边界改，或核对区划边界是否为现行的。"),
        "gap": _("请把空隙划入相邻网格；湖面、水库等可设水域网格。"),
        "too_small": _("请与相邻网格合并，或由本地改定户数标准。"),
        "too_large": _("请拆分网格，或由本地改定户数标准。"),
        "no_worker": _("请在岗位里任命网格员或代理人。"),
        "no_remit": _("请设归口，或查上级区划的归口是否到期。"),
        "facility_gap": _("请修好或补装；规定不对的，请改设施种类里的每格数量。"),
    }[one.kind]
