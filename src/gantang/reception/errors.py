"""What can be wrong, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, RefusedError


class NotAdminError(ForbiddenError):
    """Only an administering post, and only on its own ground."""

    code = "reception.not_admin"
    sentence = _("只有管理岗可以改本地中心的公开信息。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NotStaffError(ForbiddenError):
    """Bookings are read by whoever works in the centre."""

    code = "reception.not_staff"
    sentence = _("只有在这个中心上班的岗位可以看预约。")
    remedy = _("请切换到这个中心或它入驻单位的岗位。")


class NoCentreError(NotFoundError):
    """No such centre in the directory."""

    code = "reception.no_centre"
    sentence = _("没有这个中心，或它还没有公开。")
    remedy = _("请回到中心列表再选。")


class NoServiceError(NotFoundError):
    """The centre does not offer it."""

    code = "reception.no_service"
    sentence = _("这个中心现在不办这一项。")
    remedy = _("请回到中心的页面，看看现在办哪些。")


class NoBookingError(NotFoundError):
    """No booking of that code, or none any more: the answer is the same."""

    code = "reception.no_booking"
    sentence = _("没有这个预约码的预约。")
    remedy = _("请核对预约码，共28位；办完的预约过一段时间会删除。")


class FullError(ConflictError):
    """Somebody else took the last place."""

    code = "reception.full"
    sentence = _("这个时间刚刚约满了。")
    remedy = _("填的都还在，请另选一个时间。")


class NoTimeError(InvalidError):
    """The time is none that can be booked."""

    code = "reception.no_time"
    sentence = _("这个时间不能预约。")
    remedy = _("可能已经过了，或中心那时不开门；请另选一个时间。")


class TooLateError(RefusedError):
    """A booking is cancelled before it starts."""

    code = "reception.too_late"
    sentence = _("预约的时间已经到了，不能再取消。")
    remedy = _("来不了也没关系，不用再做什么；要改天，请重新预约。")


class PeriodError(InvalidError):
    """Months that cannot be published."""

    code = "reception.period"
    sentence = _("这几个月不能这样公布。")
    remedy = _("请选已经过完的整月，最多12个月；和以前公布的月份重叠的，只能一模一样地更正。")


class LinkedError(RefusedError):
    """A wider or deeper ground has published some of the months: together they would tell small numbers."""

    code = "reception.linked"
    sentence = _("上级或下级已经公布过其中的月份。")
    remedy = _("两级的表能互相减出小数字，同一个月只能由一级公布。")


class NoEditionError(NotFoundError):
    """No such edition."""

    code = "reception.no_edition"
    sentence = _("没有这一期公开数据。")
    remedy = _("请回到公开数据页，选列出的一期。")


class NoNoticeError(NotFoundError):
    """No such notice, or it was taken back."""

    code = "reception.no_notice"
    sentence = _("没有这份公示，或已经撤回。")
    remedy = _("请回到公示列表再选。")


class OverError(RefusedError):
    """Comments are taken within the period alone."""

    code = "reception.over"
    sentence = _("这份公示的征求意见时间已经过了，没有收下。")
    remedy = _("写的都还在。要反映情况，可以到首页“反映一件事”。")


class CommentError(InvalidError):
    """A comment that cannot be kept."""

    code = "reception.comment"
    sentence = _("还没有写意见，或写得太长。")
    remedy = _("请写1到4000字。")


class NotHolderError(ForbiddenError):
    """Notices are made, and comments read, by whoever holds a duty on the matter, or works in the unit."""

    code = "reception.not_holder"
    sentence = _("这份公示的意见，只有办这件事的岗位可以看。")
    remedy = _("请切换到承办的岗位。")


class EntryError(InvalidError):
    """A line of the directory that cannot be taken."""

    code = "reception.entry"
    sentence = _("填写的内容不符合要求。")


def wrong(what: str, detail: object = "") -> EntryError:
    """Why a line of the directory cannot be taken."""
    sentence, remedy = _WRONG[what]
    return EntryError(f"reception.{what}", sentence, remedy=remedy, details={"given": str(detail)[:80]})


_WRONG = {
    "hours": (_("开门时间写得不对：{given}"), _("请写成09:00-12:00，先早后晚，不要重叠。")),
    "text": (_("地址、电话或名称太长，或有不能显示的字符。"), _("地址最多120字，电话最多40字。")),
    "code": (_("代码{given}不对。"), _("用小写英文字母、数字和下划线，字母开头，最多32个字符。")),
    "words": (_("中文名称和英文名称都要写。"), _("中文最多40字，英文最多80个字符。")),
    "offer": (_("时长、人数或天数不对。"), _("每次5到480分钟，每个时间最多99人，提前1到90天。")),
    "service": (_("服务清单里没有{given}。"), _("请先到服务清单里添加。")),
    "notice": (_("公示要有标题和正文。"), _("标题最多120字，正文最多2万字。")),
    "link": (_("文件的地址不对。"), _("写以https://开头的地址，或留空。")),
    "span": (_("期限{given}读不懂。"), _("请写成30日或7个工作日这样。")),
    "summary": (_("还不能公布意见的采纳情况。"), _("征求意见结束以后，写1到2万字。")),
    "no_centre_unit": (_("{given}不是治理中心。"), _("请先在单位和岗位里设立中心。")),
}
