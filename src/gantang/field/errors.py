"""What this door refuses, so that the phone knows what to do: sign in, wipe, send the pieces again, ask."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, GantangError, InvalidError


class SignInError(GantangError):
    """Nobody is signed in (401): the queue stays."""

    status = 401
    code = "field.sign_in"
    sentence = _("登录过期了。")
    remedy = _("没传的都还在，重新登录后自动传。")


class RevokedError(GantangError):
    """This phone's sign-in was ended from elsewhere (401): what it keeps is wiped."""

    status = 401
    code = "field.revoked"
    sentence = _("这台手机的登录已被收回。")
    remedy = _("本机存的内容已清除。请联系本单位管理员。")


class NoPostError(ForbiddenError):
    """The account holds no post today, and so sees nothing (403)."""

    code = "field.no_post"
    sentence = _("现在没有岗位。")
    remedy = _("没传的都还在。请联系本单位管理员核对任职。")


class ItemUnfitError(InvalidError):
    """An item that is not of the form this door takes; ``details["fields"]`` names each place."""

    code = "field.item_unfit"
    sentence = _("这一件的内容不完整，没有收下。")
    remedy = _("请打开改一改再传；写的都还在。")


class PiecesMissingError(ConflictError):
    """Pieces of a file are not there (any more): the phone sends them again."""

    code = "field.pieces_missing"
    sentence = _("照片或录音还没有传全。")
    remedy = _("手机会自己补传。")


class PieceTooLargeError(InvalidError):
    """A piece larger than this door takes."""

    status = 413
    code = "field.piece_too_large"
    sentence = _("这一片太大。")
    remedy = _("请更新应用后再传。")
