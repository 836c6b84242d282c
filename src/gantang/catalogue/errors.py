"""What can be wrong with the catalogue, in one sentence each and with a remedy."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ForbiddenError, InvalidError, NotFoundError


class NotAdminError(ForbiddenError):
    code = "catalogue.not_admin"
    sentence = _("只有管理岗可以变更分类、期限和日历。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NotYoursError(ForbiddenError):
    """A ground that the administering post does not answer for."""

    code = "catalogue.not_yours"
    sentence = _("这个地方不归本岗管，不能改。")
    remedy = _("本岗只能改本单位地方的日历和停运；全国的由最上一级单位改。")


class TermError(InvalidError):
    """A change of terms or periods that cannot be made."""


class DayError(InvalidError):
    """A change of the calendar that cannot be made."""


class SlotError(InvalidError):
    """A value that a slot cannot take."""


class UnknownTermError(NotFoundError):
    code = "catalogue.unknown"
    sentence = _("没有这个代码：{code}。")
    remedy = _("请从现行的分类、原因、渠道或期限中选择。")


def wrong_code(code: str) -> TermError:
    return TermError(
        "catalogue.wrong_code",
        _("代码写法不对：{code}。"),
        remedy=_("请用小写英文单词，层级之间用点，如 facility.lighting，最长 64 个字符。"),
        details={"code": code},
    )


def no_parent(code: str) -> TermError:
    return TermError(
        "catalogue.no_parent",
        _("{code} 的上一级不存在或已停用。"),
        remedy=_("请先建立上一级。"),
        details={"code": code},
    )


def has_children(code: str) -> TermError:
    return TermError(
        "catalogue.has_children",
        _("{code} 下面还有在用的分类。"),
        remedy=_("请先停用下级。"),
        details={"code": code},
    )


def wrong_dates(code: str) -> TermError:
    return TermError(
        "catalogue.wrong_dates",
        _("{code} 的日期早于现行内容的启用日期。"),
        remedy=_("请核对日期。"),
        details={"code": code},
    )


def wrong_span(span: str) -> TermError:
    return TermError(
        "catalogue.wrong_span",
        _("期限写法不对：{span}。"),
        remedy=_("请写整数和单位，如 15 working days、30 days、1 month；未定的留空。"),
        details={"span": span},
    )


def wrong_kind(kind: str) -> DayError:
    return DayError(
        "catalogue.wrong_kind",
        _("没有这种日子：{kind}。"),
        remedy=_("可用：working 工作日、rest 休息日、makeup 调休上班。"),
        details={"kind": kind},
    )


def wrong_hours(on: date) -> DayError:
    return DayError(
        "catalogue.wrong_hours",
        _("{on} 的办公时间写法不对。"),
        remedy=_("请按先后写起止时间，如 09:00 至 12:00，不得重叠；休息日不写时间。"),
        details={"on": on.isoformat()},
    )


def wrong_ground(ground: str) -> DayError:
    return DayError(
        "catalogue.wrong_ground",
        _("没有这个地方：{ground}。"),
        remedy=_("请填 2、4、6、9 或 12 位区划代码；全国请留空。"),
        details={"ground": ground},
    )


def other_year(year: int, on: date) -> DayError:
    return DayError(
        "catalogue.other_year",
        _("{on} 不属于 {year} 年的放假安排。"),
        remedy=_("一年的安排只能含当年和上一年 12 月 29 日以后的日子。"),
        details={"year": year, "on": on.isoformat()},
    )


def year_is_national(year: int) -> DayError:
    return DayError(
        "catalogue.year_is_national",
        _("{year} 年的放假安排只能按全国发布。"),
        remedy=_("地方的日子不要选“发布年度安排”，直接导入即可。"),
        details={"year": year},
    )


def unreadable_change() -> DayError:
    return DayError(
        "catalogue.unreadable_change",
        _("这个变更读不出来。"),
        remedy=_("请回到日历，重新填一次。"),
    )


def wrong_value(code: str, form: str) -> SlotError:
    return SlotError(
        "catalogue.wrong_value",
        _("{code} 的值写法不对，应为：{form}。"),
        remedy=_(
            "number 写整数，span 写如 1 month，list 一行一项，record 一行一个“名称：内容”，text 写文字。"
        ),
        details={"code": code, "form": form},
    )


def no_source(code: str) -> SlotError:
    return SlotError(
        "catalogue.no_source",
        _("{code} 没有写依据。"),
        remedy=_("请写明来自哪份文件，或写“本单位规定”。"),
        details={"code": code},
    )
