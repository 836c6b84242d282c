"""What can be wrong, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ForbiddenError, NotFoundError


class NoSightError(ForbiddenError):
    """The post has no duty that sees all matters of a ground, so no count is its own (403)."""

    code = "screen.no_sight"
    sentence = _("大屏和负责人的一页只给看得到整个地方的岗位。")
    remedy = _("受理、分派、核验、裁定、督办、负责岗可以看。应当由您看的，请联系本单位管理员核对任职和归口。")


class UnknownGroundError(NotFoundError):
    """No such ground, or one out of sight: the answer is the same (404)."""

    code = "screen.unknown_ground"
    sentence = _("没有这个地方，或它不在您的范围里。")
    remedy = _("请回到大屏首页，从自己的地方往下看。")
