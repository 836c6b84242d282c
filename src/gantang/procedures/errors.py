"""What can be wrong with putting a procedure in force."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gantang.engine import Finding
from gantang.kit.errors import ForbiddenError, NotFoundError, RefusedError


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


class UnknownProcedureError(NotFoundError):
    code = "procedures.unknown"
    sentence = _("没有启用的流程：{what}。")
    remedy = _("请管理员启用一个适用的流程。")
