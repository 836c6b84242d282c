"""What can be wrong, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import InvalidError, RefusedError


class NoExtraError(RefusedError):
    """OR-Tools is not installed."""

    code = "patrol.no_extra"
    sentence = _("排班须另装组件。")
    remedy = _("请安装 gantang[rosters] 后再排。")


class PlanError(InvalidError):
    """A plan that cannot be taken."""

    code = "patrol.plan"
    sentence = _("排班计划不能用。")


def bad_plan(what: str, place: str) -> PlanError:
    """Why a plan cannot be taken, and where it says so."""
    sentence, remedy = _PLAN[what]
    return PlanError(f"patrol.plan_{what}", sentence, remedy=remedy, details={"place": place[:80]})


_PLAN = {
    "yaml": (_("计划文件读不懂（{place}）。"), _("请按YAML或JSON写，UTF-8编码，最大2MB。")),
    "form": (_("计划里{place}处写得不对。"), _("请对照说明检查这一处的名称、日期和数字。")),
    "kind": (_("计划里没有班种{place}。"), _("请先在 kinds 里写明这个班种。")),
    "day": (_("计划里{place}处的日期不在排班期内。"), _("before 写排班期前14天以内，其余写排班期以内。")),
    "post": (_("计划里没有岗位{place}。"), _("请先在 officers 里写上这个岗位。")),
    "twice": (_("计划里{place}有重复的。"), _("同一岗位、同一天同一点位同一班种只写一次。")),
    "large": (_("计划太大（{place}）。"), _("最多400个岗位、4000个班次，请分开排。")),
}
