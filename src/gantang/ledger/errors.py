"""What can go wrong with the ledger."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, InvalidError, UnavailableError


class NoMonthError(UnavailableError):
    """Steps would be minted in a month that has no partition (or the clock is wrong by years)."""

    code = "ledger.no_month"
    sentence = _("台账没有 {month} 的分区，暂停办理。")
    remedy = _("请管理员运行 gantang migrate 增加分区，并核对服务器时间。")


class TextInStepError(ValueError):
    """A programming error: a step holds codes, ids, moments and versions, never text."""


class CheckpointFileError(InvalidError):
    """A file of checkpoints holds a line that is none."""

    code = "ledger.checkpoint_file"
    sentence = _("{file} 的第 {line} 行不是检查点。")
    remedy = _("请换用导出的原文件；密钥文件夹里的文件请从备份取回。")


class CheckpointRefusedError(ConflictError):
    """No checkpoint is made over what does not fit the ones before: it would sign what was done to them."""

    code = "ledger.checkpoint_refused"
    sentence = _("{city} 没有建立检查点：与先前的检查点不符（{faults}）。")
    remedy = _("请运行 gantang ledger verify 查明；查清并由人负责后，用 gantang ledger checkpoint --accept。")
