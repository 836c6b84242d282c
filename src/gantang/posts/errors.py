"""What can be wrong with units, posts and remits, in one sentence each and with a remedy."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, GantangError, InvalidError, NotFoundError, Text
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


class OrphanedError(ConflictError):
    """Posts would be left whose work nobody could take; the error names them."""

    code = "posts.orphaned"
    sentence = _("这些岗位离任后没有人能接手：{posts}。")
    remedy = _("请为每个岗位指定接任或代理的人，或先配好单位负责人。")

    def __init__(self, posts: list[str]) -> None:
        super().__init__(details={"posts": "、".join(posts)})


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


# --- rows of sheets -------------------------------------------------------------------------------------

#: What can be wrong with a cell, and how to mend it; {text} is what stands there.
FAULTS: dict[str, tuple[Text, Text]] = {
    "missing": (_("“{heading}”没有填。"), _("请填上“{heading}”。")),
    "too_long": (_("“{heading}”太长。"), _("请缩短“{heading}”。")),
    "no_day": (_("“{heading}”不是日期：{text}。"), _("日期请写成2026-01-01。")),
    "no_ground": (_("“{heading}”不是区划或网格代码：{text}。"), _("代码是2、4、6、9、12或15位数字。")),
    "no_duty": (
        _("“{heading}”里没有这项职责：{text}。"),
        _("职责可写：受理、分派、办理、协办、调解、核验、裁定、督办、分管领导、个人信息保护。"),
    ),
    "no_kind": (
        _("“{heading}”没有这一种：{text}。"),
        _(
            "类型可写：综治中心、部门、委员会、村、公安、司法行政、法院、检察院、调解组织、巡逻点、基金会、服务机构、其他。"
        ),
    ),
    "no_role": (
        _("“{heading}”没有这个角色：{text}。"),
        _("角色可写：网格长、网格员、平安志愿者、驻村民警、驻村辅警。"),
    ),
    "no_task": (
        _("“{heading}”不在六员之内：{text}。"),
        _("六员是：信息员、巡防员、调解员、管理员、服务员、宣传员。"),
    ),
    "no_level": (_("“{heading}”没有这一级：{text}。"), _("级别可写：省、市、县、乡、村，或1至5。")),
    "no_yes": (_("“{heading}”要写是或否：{text}。"), _("请写是或否。")),
    "ends_before": (_("“{heading}”早于开始日期：{text}。"), _("请核对起止日期。")),
}


class RowError(WrongError):
    """All that is wrong with one row."""

    def __init__(self, found: list[GantangError]) -> None:
        super().__init__("posts.row")
        self.found = found


def misfit(heading: str, code: str, text: str) -> WrongError:
    sentence, remedy = FAULTS[code]
    return WrongError(
        f"posts.row_{code}", sentence, remedy=remedy, details={"heading": heading, "text": text}
    )


def wrong_columns(missing: list[str], strange: list[str]) -> WrongError:
    details = {"missing": "、".join(missing), "strange": "、".join(strange)}
    sentence = _("表里缺少这些列：{missing}。") if missing else _("表里有认不出的列：{strange}。")
    return WrongError(
        "posts.wrong_columns",
        sentence,
        remedy=_("请用本页给出的列名；不用的列请删去。"),
        details=details,
    )


def double_row(row: int) -> WrongError:
    return WrongError(
        "posts.double_row",
        _("与本表第{row}行说的是同一件事，起止日期重叠。"),
        remedy=_("请只留一行，或错开起止日期。"),
        details={"row": row},
    )


def differs(name: str, headings: list[str]) -> WrongError:
    return WrongError(
        "posts.differs",
        _("已经有“{name}”，但这些内容不同：{headings}。"),
        remedy=_("请照原样填写；要改，请先写结束日期终止原来的，再新增一行。"),
        details={"name": name, "headings": "、".join(headings)},
    )


def unknown_unit(name: str, near: str) -> UnknownError:
    error = UnknownError(_("单位"), name)
    if near:
        error.remedy = _("请写全称；最接近的是“{near}”。")
        error.details["near"] = near
    return error


def unknown_post(title: str, unit: str) -> UnknownError:
    return UnknownError(_("岗位"), f"{title}@{unit}")


def unknown_account(name: str) -> UnknownError:
    return UnknownError(_("账号"), name)


def ambiguous_unit(name: str, grounds: list[str]) -> WrongError:
    return WrongError(
        "posts.ambiguous_unit",
        _("有几个单位都叫“{name}”：{grounds}。"),
        remedy=_("请在单位名称后面写上“@”和地域代码。"),
        details={"name": name, "grounds": "、".join(grounds)},
    )


def not_within(ground: str, within: str) -> WrongError:
    return WrongError(
        "posts.not_within",
        _("地域{ground}不在本岗管理的范围{within}内。"),
        remedy=_("请删去这一行，或请上级管理岗办理。"),
        details={"ground": ground, "within": within},
    )


def above_itself(name: str) -> WrongError:
    return WrongError(
        "posts.above_itself",
        _("“{name}”的上级单位绕回了它自己。"),
        remedy=_("请核对上级单位一列。"),
        details={"name": name},
    )


def _tie(first: RemitView, second: int) -> dict[str, object]:
    return {
        "first": first.id,
        "second": second,
        "klass": first.klass,
        "ground": first.ground,
        "duty": first.duty,
    }
