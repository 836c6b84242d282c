"""What can be wrong with accounts."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, InvalidError, NotFoundError


class UsernameUnfitError(InvalidError):
    """A text that cannot be a sign-in name."""

    code = "identity.username_unfit"
    sentence = _("登录名须为 2 至 64 个字母、汉字、数字或 . _ @ + -。")


class NameTakenError(ConflictError):
    """Another account has this name, perhaps in other letter case."""

    code = "identity.name_taken"
    sentence = _("这个登录名已被使用。")
    remedy = _("请换一个登录名。")


class PasswordWeakError(InvalidError):
    """A password that is too short."""

    code = "identity.password_weak"
    sentence = _("密码太短或太常见。")
    remedy = _("请至少使用 8 个字符。")


class AccountMissingError(NotFoundError):
    """No such account."""

    code = "identity.account_missing"
    sentence = _("没有这个账号。")
