"""What can be wrong with a row of a file of grids: reason and remedy, in the language in force."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

Fault = tuple[str, str]


class RowError(ValueError):
    """A row that cannot be taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault[0])
        self.fault = fault


def unreadable_shape() -> Fault:
    return _("边界读不出来。"), _("请写成 WKT、GeoJSON，或“经度,纬度;经度,纬度;…”。")


def empty_shape() -> Fault:
    return _("边界是空的。"), _("请画出这个网格的边界，或删去这一行。")


def no_polygon(kind: str) -> Fault:
    return (
        _("边界不是面，而是 {kind}。").format(kind=kind),
        _("请在制图软件里把线或点转成面再导出。"),
    )


def no_degrees() -> Fault:
    return _("坐标不是经纬度。"), _("请连同 .prj 文件一起导入，或先换算成 CGCS2000 经纬度。")


def swapped() -> Fault:
    return _("经度和纬度写反了。"), _("请改成经度在前、纬度在后。")


def invalid_shape(place: str) -> Fault:
    return (
        _("边界自己相交或有重复：{place}。").format(place=place),
        _("请在制图软件里修复几何（检查有效性），再导出。"),
    )


def no_code(text: str) -> Fault:
    return _("网格代码写法不对：{text}。").format(text=text), _("请写 15 位数字，前 12 位是村、社区代码。")


def other_village(code: str, village: str) -> Fault:
    return (
        _("网格代码 {code} 不在村、社区 {village} 之下。").format(code=code, village=village),
        _("请核对两列；网格代码的前 12 位就是村、社区代码。"),
    )


def no_village(text: str) -> Fault:
    return (
        _("没有在用的村或社区 {text}。").format(text=text),
        _("请填 12 位村、社区代码；填名称的，请用 --ground 指明在哪个县或乡。"),
    )


def many_villages(text: str, codes: str) -> Fault:
    return (
        _("叫“{text}”的村、社区不止一个：{codes}。").format(text=text, codes=codes),
        _("请改填 12 位代码。"),
    )


def nothing_to_go_by() -> Fault:
    return _("没有网格代码，也没有村、社区。"), _("请至少填其中一列。")


def nothing_to_know_it_by() -> Fault:
    return _("既没有代码，也没有名称和边界。"), _("请至少填其中一项，以便再次导入时认得出来。")


def ended(code: str) -> Fault:
    return _("网格 {code} 已停用。").format(code=code), _("代码不得重复使用，请换一个，或留空由系统编号。")


def other_kind(code: str) -> Fault:
    return (
        _("网格类型与代码 {code} 的号段不符。").format(code=code),
        _("001–799 是基础网格，801–999 是专属网格；请改类型或代码。"),
    )


def no_kind(text: str, known: Iterable[str]) -> Fault:
    return _("没有这类网格：{text}。").format(text=text), _("请写：{known}。").format(known="、".join(known))


def no_date(text: str) -> Fault:
    return _("日期写法不对：{text}。").format(text=text), _("请写成2027-01-01。")


def no_count(text: str) -> Fault:
    return _("户数写法不对：{text}。").format(text=text), _("请写整数，不知道就留空。")


def no_class(text: str) -> Fault:
    return (
        _("没有城乡分类 {text}。").format(text=text),
        _("请写111、112、121、122、123、210或220，也可以留空。"),
    )


def no_yes(text: str) -> Fault:
    return _("“示意”一列写法不对：{text}。").format(text=text), _("请写：是、否。")


def double_row(row: int) -> Fault:
    return _("与第 {row} 行是同一个网格。").format(row=row), _("请只保留一行。")


def many_alike(codes: str) -> Fault:
    return _("认不出是哪一个网格，可能是：{codes}。").format(codes=codes), _("请填网格代码。")


def too_new() -> Fault:
    return _("新网格没有边界。"), _("可以先建，请以后补边界；没有边界就不能按位置找到它。")


def overlaps(row: int, square_metres: float) -> Fault:
    return (
        _("与第 {row} 行重叠 {area} 平方米。").format(row=row, area=f"{square_metres:,.0f}"),
        _("请对照改其中一条边界；可以先导入，gantang ground check 会一直提示。"),
    )
