"""What can be wrong with putting a procedure in force."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gantang.engine import Finding
from gantang.kit.errors import ForbiddenError, InvalidError, NotFoundError, RefusedError


class NotAdminError(ForbiddenError):
    code = "procedures.not_admin"
    sentence = _("只有管理岗可以启用流程。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class FaultyPackError(RefusedError):
    """The pack has findings; `findings` holds them all."""

    code = "procedures.faulty"
    sentence = _("流程“{pack}”有{count}处问题，不能启用。第一处：{first}")
    remedy = _("请按每一处所在的文件和行改好，用 gantang check 检查后再启用。")

    def __init__(self, pack: str, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        lang = get_language() or "zh-Hans"
        listed = [
            {
                "kind": one.kind,
                "file": one.file,
                "line": one.line,
                "sentence": one.sentence.of(lang),
                "remedy": one.remedy.of(lang),
                "place": one.place,
            }
            for one in self.findings
        ]
        first = f"{listed[0]['file']}:{listed[0]['line']} {listed[0]['sentence']}" if listed else ""
        super().__init__(details={"pack": pack, "count": len(listed), "first": first, "findings": listed})


class SameVersionError(RefusedError):
    """The same version number was in force with another content."""

    code = "procedures.same_version"
    sentence = _("流程“{name}”的第{version}版已经启用过，内容却不同。")
    remedy = _("改动过的流程要用新的版本号。")


class LeftBehindError(RefusedError):
    """An overlay is in force whose file the packs folder holds no more: told, and nothing is refused."""

    code = "procedures.left_behind"
    sentence = _("{ground}的“{overlay}”（流程“{name}”）在流程包文件夹里已经没有文件，仍然有效：{grounds}。")
    remedy = _("还要用，就把文件放回 overlays/；不用了，请运行 gantang end {name} --ground {ground}。")


class EndedGroundError(RefusedError):
    """A file of an overlay names ground that ended; what it laid down went over to what became of it."""

    code = "procedures.ended_ground"
    sentence = _("地方规定“{overlay}”写的是 {ground}，这个代码已经停用，文件没有读。")
    remedy = _("规定已经随区划调整延续，请把文件里的 ground 改成现在的代码：{heirs}。")


class NotLeftBehindError(RefusedError):
    """Nothing stands over the procedure on that ground without a file."""

    code = "procedures.not_left_behind"
    sentence = _("{ground}没有文件已经删去、还在生效的“{name}”的地方规定。")
    remedy = _("请先从流程包文件夹的 overlays/ 里删去它的文件；gantang check --remits 会列出来。")


class UnknownProcedureError(NotFoundError):
    code = "procedures.unknown"
    sentence = _("没有启用的流程：{what}。")
    remedy = _("请管理员启用一个适用的流程。")


class UnknownCampaignError(NotFoundError):
    """No such campaign, or none that bears on the asker's ground: the answer is the same."""

    code = "procedures.unknown_campaign"
    sentence = _("没有这个专项。")
    remedy = _("请从专项列表里打开；不涉及本辖区的专项不会显示。")


class CampaignInvalidError(InvalidError):
    """A campaign that cannot be; ``details["fields"]`` names each field with its reason."""

    code = "procedures.campaign_invalid"
    sentence = _("专项有几处要改：{what}")
    remedy = _("请按每一处的提示修改。")


class CampaignStateError(RefusedError):
    """A campaign that is not in the state for it."""

    code = "procedures.campaign_state"
    sentence = _("这个专项现在不能这样办：{why}")
    remedy = _("已结束的专项不能再开；需要时另建一个。")


class NotOrderedByYouError(ForbiddenError):
    """Campaigns are ordered by whoever leads, supervises or dispatches on all of their ground."""

    code = "procedures.campaign_forbidden"
    sentence = _("本岗不能在这些地方布置专项。")
    remedy = _("请选本岗负责、督办或分派的地方，或请上一级布置。")


CAMPAIGN_FAULTS = {
    "no_title": _("标题是空的。"),
    "no_campaign": _("这个流程不能按专项开。"),
    "unfit_each": _("这个流程不能按这个单元开。"),
    "unknown_class": _("这个流程不办这一类。"),
    "unknown_repeat": _("没有这种周期。"),
    "unfit_period": _("起止日期不对：截止不能早于开始、早于今天，最长一年。"),
    "no_list": _("还没有选地方或单位。"),
    "unknown_ground": _("没有这个行政区划或网格。"),
    "unknown_unit": _("没有这个单位，或它已经撤销。"),
    "unfit_answer": _("开件时的答案不合要求。"),
    "no_targets": _("这些地方没有要开的网格、村居或乡镇。"),
}
