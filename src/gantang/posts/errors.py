"""What can be wrong with units, posts and remits, in one sentence each and with a remedy."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError, Text
from gantang.posts.types import RemitView


class NotAdminError(ForbiddenError):
    code = "posts.not_admin"
    sentence = _("只有管理岗可以变更单位、岗位和归口。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NotHolderError(ForbiddenError):
    """The account does not hold the post on that day."""

    code = "posts.not_holder"
    sentence = _("这个账号当日没有担任该岗位。")
    remedy = _("请选择本人在任的岗位；如有误，请管理员核对任职起止日期。")

    def __init__(self, post: int, on: date) -> None:
        super().__init__(details={"post": post, "on": on.isoformat()})


class TieError(ConflictError):
    """Two remits say the same of the same class, ground and duty; the error names both."""

    code = "posts.tie"
    sentence = _(
        "归口冲突：第 {first} 条与第 {second} 条对同一类别（{klass}）、"
        "同一地域（{ground}）、同一职责（{duty}）都有规定。"
    )
    remedy = _("请终止其中一条，或把其中一条改到更细的类别或地域。")

    def __init__(self, first: RemitView, second: RemitView) -> None:
        self.remits = (first, second)
        super().__init__(details=_tie(first, second.id))


class TakenRemitError(TieError):
    """A new remit would tie with one that is there."""

    sentence = _(
        "归口冲突：第 {first} 条已规定同一类别（{klass}）、同一地域（{ground}）、同一职责（{duty}），"
        "起止日期与新条目（单位 {second_unit}）重叠。"
    )

    def __init__(self, first: RemitView, second: RemitView) -> None:
        super().__init__(first, second)
        self.details["second_unit"] = second.unit


class UnknownError(NotFoundError):
    """No such unit, post, appointment, centre or remit."""

    code = "posts.unknown"
    sentence = _("没有这个{what}：{id}。")
    remedy = _("请从名单中选择。")

    def __init__(self, what: Text, number: object) -> None:
        super().__init__(details={"what": what, "id": number})


class WrongError(InvalidError):
    """A value that does not fit; the code says which rule."""


class OverlapError(ConflictError):
    """The same seat or place is already filled in that time."""

    code = "posts.overlap"
    sentence = _("同一时间已有在任记录。")
    remedy = _("请先结束原记录，或调整起止日期。")


def wrong_duty(duty: str) -> WrongError:
    return WrongError("posts.wrong_duty", _("没有这项职责：{duty}。"), details={"duty": duty})


def wrong_ground(ground: str) -> WrongError:
    return WrongError(
        "posts.wrong_ground",
        _("没有这个地域，或该地域当日不在用：{ground}。"),
        remedy=_("请填写在用的区划或网格代码。"),
        details={"ground": ground},
    )


def wrong_class(klass: str) -> WrongError:
    return WrongError(
        "posts.wrong_class",
        _("没有这个事项类别：{klass}。"),
        remedy=_("请从类别表中选择；* 表示全部类别。"),
        details={"klass": klass},
    )


def wrong_choice(value: str, choices: tuple[str, ...]) -> WrongError:
    return WrongError(
        "posts.wrong_choice",
        _("不能填写“{value}”，只能是：{choices}。"),
        details={"value": value, "choices": "、".join(choices)},
    )


def still_busy(name: str) -> WrongError:
    return WrongError(
        "posts.still_busy",
        _("“{name}”还有在任人员、岗位或归口，不能终止。"),
        remedy=_("请先终止其任职、岗位和归口。"),
        details={"name": name},
    )


def wrong_dates(valid_from: date, valid_to: date) -> WrongError:
    return WrongError(
        "posts.wrong_dates",
        _("结束日期 {to} 早于开始日期 {since}。"),
        details={"since": valid_from.isoformat(), "to": valid_to.isoformat()},
    )


def _tie(first: RemitView, second: int) -> dict[str, object]:
    return {
        "first": first.id,
        "second": second,
        "klass": first.klass,
        "ground": first.ground,
        "duty": first.duty,
    }
