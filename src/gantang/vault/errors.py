"""Why the vault stays shut. None of these carries what it holds."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError


class NotHolderError(ForbiddenError):
    """Words open to holders of a duty on the matter only."""

    code = "vault.not_holder"
    sentence = _("只有承办这件事项的岗位可以查看原文。")
    remedy = _("请查看要点，或请主办单位邀请协办。")


class UnknownReasonError(InvalidError):
    """The reason is not one of the closed list."""

    code = "vault.unknown_reason"
    sentence = _("请选择查看个人信息的理由。")
    remedy = _("从列表中选择一项；理由会被记录。")


class UnknownFieldError(InvalidError):
    """A person has no such field, or it cannot be looked up."""

    code = "vault.unknown_field"
    sentence = _("没有这一项个人信息。")


class UnknownKindError(InvalidError):
    """Not a kind of entry, or not one for this purpose."""

    code = "vault.unknown_kind"
    sentence = _("保密库没有这一类内容。")


class NoEntryError(NotFoundError):
    """No such entry under this matter."""

    code = "vault.no_entry"


class ErasedError(NotFoundError):
    """It was here and is erased; the tombstone says when."""

    code = "vault.erased"
    sentence = _("内容已按期删除。")


class ChangedError(ConflictError):
    """Somebody amended the entry meanwhile."""

    code = "vault.changed"
