"""What can go wrong here, each with what happened and how to mend it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, InvalidError, NotFoundError, RefusedError


class MatterNotFoundError(NotFoundError):
    """No such matter, or none in the asker's sight: the answer is the same."""

    code = "matter.not_found"
    sentence = _("没有找到这件事项。")
    remedy = _("请核对编号；不在您职责范围内的事项也不会显示。")


class CodeNotFoundError(NotFoundError):
    """An access code that leads nowhere."""

    code = "matter.code_not_found"
    sentence = _("没有查到这个查询码。")
    remedy = _("请核对回执上的查询码；字母 O、I、L、U 不会出现在码里。")


class MoveRefusedError(RefusedError):
    """The procedure does not allow the move now; all reasons are in ``details["reasons"]``."""

    code = "matter.move_refused"
    sentence = _("现在不能这样办。")
    remedy = _("请按列出的原因补齐后再办。")


class StaleError(ConflictError):
    """The matter was changed since the caller read it."""

    code = "matter.stale"
    sentence = _("这件事项刚刚有了新的变化，您看到的不是最新的。")
    remedy = _("请刷新后再办；您填的内容没有丢。")


class ReportInvalidError(InvalidError):
    """What was reported cannot be taken in; ``details["fields"]`` names each field with its reason."""

    code = "matter.report_invalid"
    sentence = _("有几处要改一下才能提交。")
    remedy = _("请按每一处的提示修改；已填的内容都还在。")


class LinkInvalidError(InvalidError):
    """Two matters cannot be linked or merged in this way."""

    code = "matter.link_invalid"
    sentence = _("这两件事项不能这样关联。")
    remedy = _("请核对两件事项的编号和状态。")


class TransferInvalidError(InvalidError):
    """A matter cannot move to that ground."""

    code = "matter.transfer_invalid"
    sentence = _("不能转到这个地方。")
    remedy = _("请选择另一个设区市内的行政区划。")


class AttachmentInvalidError(InvalidError):
    """A file that is not taken."""

    code = "matter.attachment_invalid"
    sentence = _("这个文件不能上传。")
    remedy = _("请上传图片、PDF 或常见办公文件，并注意大小限制。")


def refused(reasons: Sequence[object]) -> MoveRefusedError:
    """The refusal with every reason of the engine."""
    return MoveRefusedError(reasons=list(reasons))
