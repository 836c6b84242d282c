"""What can be wrong with accounts."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError


class UsernameUnfitError(InvalidError):
    """A text that cannot be a sign-in name."""

    code = "identity.username_unfit"
    sentence = _("登录名须为 2 至 64 个字母、汉字、数字或 . _ @ + -。")


class NameTakenError(ConflictError):
    """Another account has this name, perhaps in other letter case."""

    code = "identity.name_taken"
    sentence = _("这个登录名已被使用。")
    remedy = _("请换一个登录名。")


class ViewsFullError(InvalidError):
    """An account keeps only so many views of its own."""

    code = "identity.views_full"
    sentence = _("自己存的视图已有 12 个，不能再多。")
    remedy = _("请先移除一个不用的。")


class PasswordWeakError(InvalidError):
    """A password that is too short, common, known from elsewhere, or made of a word of the place."""

    code = "identity.password_weak"
    sentence = _("密码太短、太常见、已在别处泄露，或有本单位、本系统、登录名的字样。")
    remedy = _("请至少使用 8 个字符，换一个别处没有用过的。")


class AccountMissingError(NotFoundError):
    """No such account."""

    code = "identity.account_missing"
    sentence = _("没有这个账号。")


class DeviceMissingError(NotFoundError):
    """No such device of this account."""

    code = "identity.device_missing"
    sentence = _("没有这台设备，或它已经退出。")
    remedy = _("请刷新设备清单再看。")


class ScopeUnknownError(InvalidError):
    """A scope that there is not, or none at all."""

    code = "identity.scope_unknown"
    sentence = _("没有这种接口权限。")
    remedy = _("可用：read、write、people。")


class ClientUnfitError(InvalidError):
    """A program without a name of its own, or whose token would run out before it began."""

    code = "identity.client_unfit"
    sentence = _("程序要有1至100个字的名称，到期的日子要在今天以后。")
    remedy = _("请改名称或日子。")


class ClientMissingError(NotFoundError):
    """No such program, or its token was taken back or has run out."""

    code = "identity.client_missing"
    sentence = _("没有这个程序，或它的密钥已经收回、到期。")
    remedy = _("请管理员另开一个。")


class NotHolderError(ForbiddenError):
    """The token of a program is taken by whoever holds the post that it acts for, and by nobody else."""

    code = "identity.not_holder"
    sentence = _("程序的密钥只由任这个岗的人领取。")
    remedy = _("请任这个岗的人在“岗位”页的“代我办事的程序”里领取。")


class ScopeError(ForbiddenError):
    """A program that was not given this scope."""

    code = "identity.scope"
    sentence = _("这个接口账号没有“{scope}”权限。")
    remedy = _("请管理员另发一个带这项权限的接口账号。")

    def __init__(self, scope: str) -> None:
        super().__init__(details={"scope": scope})


class BarredError(ForbiddenError):
    """Too many wrong passwords from this place."""

    code = "identity.barred"
    sentence = _("在这台设备上错了太多次，请过15分钟再试。账号在别处不受影响。")
    remedy = _("忘了密码，请管理员重设。")
