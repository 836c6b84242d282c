"""What can be wrong with ground, in one sentence each and with a remedy."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError


class NotAdminError(ForbiddenError):
    code = "territory.not_admin"
    sentence = _("只有管理岗可以变更区划和网格。")
    remedy = _("请切换到管理岗，或请管理员办理。")


class NoMapError(NotFoundError):
    """No map of this ground, or not of this level."""

    code = "territory.no_map"
    sentence = _("{ground} 还没有地图。")
    remedy = _("有了网格，后台会自动做出地图；也可以运行 gantang ground layers。")


class GroundError(InvalidError):
    """A change of ground that cannot be made."""


def no_village(village: str) -> GroundError:
    return GroundError(
        "territory.no_village",
        _("没有在用的村或社区 {village}。"),
        remedy=_("网格只能设在在用的村或社区之下，请核对 12 位代码。"),
        details={"village": village},
    )


def village_full(village: str) -> GroundError:
    return GroundError(
        "territory.village_full",
        _("{village} 的网格编号已用完。"),
        remedy=_("编号不得重复使用；请改用另一类网格，或先拆分村、社区。"),
        details={"village": village},
    )


def no_kind(kind: str) -> GroundError:
    return GroundError("territory.no_kind", _("没有这类网格：{kind}。"), details={"kind": kind})


def no_grid(code: str) -> GroundError:
    return GroundError(
        "territory.no_grid",
        _("没有在用的网格 {code}。"),
        remedy=_("请核对网格代码；已停用的网格不能再变更。"),
        details={"code": code},
    )


def unfit_code(code: str) -> GroundError:
    return GroundError(
        "territory.unfit_code",
        _("网格代码 {code} 与所在的村、社区或网格类型不符。"),
        remedy=_("前 12 位是村、社区代码；001–799 是基础网格，801–999 是专属网格。"),
        details={"code": code},
    )


def used_code(code: str) -> GroundError:
    return GroundError(
        "territory.used_code",
        _("网格代码 {code} 已经用过。"),
        remedy=_("代码不得重复使用，请换一个，或留空由系统编号。"),
        details={"code": code},
    )


def no_ring(code: str) -> GroundError:
    return GroundError(
        "territory.no_ring",
        _("网格 {code} 的边界少于三个点。"),
        remedy=_("请提供闭合的边界。"),
        details={"code": code},
    )


def ends_early(code: str) -> GroundError:
    return GroundError(
        "territory.ends_early",
        _("网格 {code} 的停用日期早于启用日期。"),
        details={"code": code},
    )


class UnknownChangeError(NotFoundError):
    code = "territory.no_change"
    sentence = _("没有这份调整方案。")


class ChangeStateError(ConflictError):
    code = "territory.change_state"
    sentence = _("这份调整方案现在不能这样处理。")
    remedy = _("请刷新后再看：方案可能已经审核、撤回或者生效。")


class OwnReviewError(ForbiddenError):
    code = "territory.own_review"
    sentence = _("自己拟的调整方案不能自己审核。")
    remedy = _("请另一位管理员审核。")


class ChangeFieldsError(InvalidError):
    code = "territory.change_fields"
    sentence = _("调整方案还缺名称、依据或者具体调整。")
    remedy = _("名称不超过80字，依据写明文件，至少一项调整。")


class UnsettledError(ConflictError):
    """Several codes with rules of their own become one, and nobody said whose hold."""

    code = "territory.unsettled"
    sentence = _("{ground} 由几处合成，本地日历或流程的地方规定不止一份，还没有说以哪一处为准。")
    remedy = _("请在“谁的规定延续”里选一处；已经交审的，撤回后重拟。")


_PLAN = {
    one.code.partition(".")[2]: one
    for one in (
        GroundError(
            "territory.no_division",
            _("第{number}项：没有在用的区划 {ground}。"),
            remedy=_("请核对代码；已经撤销的区划不能再调整。"),
        ),
        GroundError(
            "territory.cell_missing",
            _("第{number}项：没有在用的网格 {code}。"),
            remedy=_("请核对代码；前一项里已经撤销的网格不能再调整。"),
        ),
        GroundError(
            "territory.code_used",
            _("第{number}项：代码 {ground} 用过了。"),
            remedy=_("代码不得重复使用，请用新的代码。"),
        ),
        GroundError(
            "territory.wrong_code",
            _("第{number}项：{code} 不是合规则的代码。"),
            remedy=_("请核对位数、上级代码和网格类别的号段；不填则自动编号。"),
        ),
        GroundError(
            "territory.one_part",
            _("第{number}项：拆分至少成为两个，合并至少要有两个。"),
        ),
        GroundError(
            "territory.two_villages",
            _("第{number}项：不同村、社区的网格不能直接合并。"),
            remedy=_("先把网格划到同一个村、社区，再合并。"),
        ),
        GroundError(
            "territory.same_village",
            _("第{number}项：网格 {code} 本来就在这个村、社区。"),
        ),
        GroundError(
            "territory.own_heir",
            _("第{number}项：撤销的网格不能由自己承接。"),
        ),
        GroundError(
            "territory.other_level",
            _("第{number}项：{ground} 和原区划不是同一级。"),
            remedy=_("合并、改码、承接只在同级区划之间进行。"),
        ),
        GroundError(
            "territory.not_empty",
            _("第{number}项：{ground} 下面还有在用的区划或网格。"),
            remedy=_("先把下级并到别处，或改用“整体并入”。"),
        ),
        GroundError(
            "territory.division_full",
            _("第{number}项：{ground} 下面这一号段用完了。"),
            remedy=_("请填写民政部门公布的新代码。"),
        ),
        GroundError(
            "territory.no_name",
            _("第{number}项：{ground} 的名称没有填，或者超过60字。"),
        ),
        GroundError(
            "territory.no_class",
            _("第{number}项：没有城乡分类 {klass}。"),
            remedy=_("城乡分类代码是111、112、121、122、123、210、220。"),
        ),
        GroundError(
            "territory.too_early",
            _("生效日期早于 {ground} 的启用日期。"),
            remedy=_("请推迟生效日期。"),
        ),
        GroundError(
            "territory.unreadable",
            _("第{number}项填写不完整。"),
            remedy=_("请按这一类调整的要求逐项填写。"),
        ),
    )
}
_SAME = {"no_grid": "cell_missing"}


def unplanned(fault: str, details: Mapping[str, Any]) -> GroundError:
    """Why a change cannot be carried out, by the planner's word for it."""
    said = _PLAN.get(_SAME.get(fault, fault))
    if said is None:
        return {"village_full": village_full, "no_kind": no_kind, "no_ring": no_ring}[fault](
            str(details.get("village") or details.get("kind") or details.get("code") or "")
        )
    return GroundError(said.code, said.sentence, remedy=said.remedy, details=details)


def no_scheme(scheme: str, fault: str) -> GroundError:
    return GroundError(
        "territory.no_scheme",
        _("编码方案 {scheme} 用不了：{fault}。"),
        remedy=_("主编码须是村码十二位加三位序号；其他方案只能作第二编码。"),
        details={"scheme": scheme, "fault": fault},
    )


def wrong_alias(code: str, fault: str) -> GroundError:
    return GroundError(
        "territory.wrong_alias",
        _("第二编码 {code} 不合方案：{fault}。"),
        remedy=_("请核对位数、区划部分和序号。"),
        details={"code": code, "fault": fault},
    )


def taken_alias(code: str, ground: str) -> GroundError:
    return GroundError(
        "territory.taken_alias",
        _("第二编码 {code} 已经给了 {ground}。"),
        remedy=_("同一方案里一个编码只给一处，不得重复使用。"),
        details={"code": code, "ground": ground},
    )


def no_format(name: str) -> GroundError:
    return GroundError(
        "territory.no_format",
        _("认不出文件 {name} 的格式。"),
        remedy=_("可用：.csv、.xlsx、.geojson、.shp（也可打成 .zip）、.gpkg。"),
        details={"name": name},
    )


def no_encoding(name: str) -> GroundError:
    return GroundError(
        "territory.no_encoding",
        _("文件 {name} 的文字编码认不出来。"),
        remedy=_("请另存为 UTF-8 或 GBK 编码。"),
        details={"name": name},
    )


def no_features(name: str) -> GroundError:
    return GroundError(
        "territory.no_features",
        _("文件 {name} 不是 GeoJSON 要素集。"),
        remedy=_("请导出为 FeatureCollection。"),
        details={"name": name},
    )


def no_layer(name: str) -> GroundError:
    return GroundError(
        "territory.no_layer",
        _("文件 {name} 里没有可读的图层。"),
        remedy=_("Shapefile 至少要有 .shp 和 .dbf；多个图层时请用 --sheet 指明一个。"),
        details={"name": name},
    )


def no_extra() -> GroundError:
    return GroundError(
        "territory.no_extra",
        _("读写 Shapefile、GeoPackage 和换算投影坐标，须另装组件。"),
        remedy=_("请安装 gantang[ground]，或改用 GeoJSON、CSV。"),
    )


def no_system(system: str) -> GroundError:
    return GroundError(
        "territory.no_system",
        _("不认识坐标系：{system}。"),
        remedy=_("请先换算成 CGCS2000 经纬度，再导出。"),
        details={"system": system},
    )


def too_long_for_a_cell(code: str) -> GroundError:
    return GroundError(
        "territory.too_long_for_a_cell",
        _("网格 {code} 的边界太长，工作簿的一格放不下。"),
        remedy=_("请改导出为 CSV 或 GeoJSON。"),
        details={"code": code},
    )


def doubtful_columns(field: str, columns: str) -> GroundError:
    return GroundError(
        "territory.doubtful_columns",
        _("有几列都像是“{field}”：{columns}。"),
        remedy=_("请用 --column {field}=列名 指明是哪一列。"),
        details={"field": field, "columns": columns},
    )


def no_columns(columns: str) -> GroundError:
    return GroundError(
        "territory.no_columns",
        _("没有网格代码列，也没有村、社区列。文件的列：{columns}。"),
        remedy=_("请用 --column code=列名 或 --column village=列名 指明。"),
        details={"columns": columns},
    )


def no_such_column(field: str, column: str) -> GroundError:
    return GroundError(
        "territory.no_such_column",
        _("文件里没有“{field}”的列“{column}”。"),
        remedy=_("请核对列名；可以写的有 code、village、name、kind、shape、valid_from、schematic。"),
        details={"field": field, "column": column},
    )


class FacilityMissingError(NotFoundError):
    code = "territory.no_facility"
    sentence = _("没有这处设施。")
    remedy = _("请核对编号；已经拆除的设施不能再巡检、报修。")


class PlaceMissingError(NotFoundError):
    code = "territory.no_place"
    sentence = _("没有这处综合体。")


class NotTendingError(ForbiddenError):
    code = "territory.not_tending"
    sentence = _("这个岗位不能巡检、报修这里的设施。")
    remedy = _("请由管这片地方的受理岗、办理岗、网格员或管理岗来做。")


class FacilityError(InvalidError):
    """A facility, a place or a line of their lists that cannot be as it was told."""


_ASSET = {
    one.code.partition(".")[2]: one
    for one in (
        FacilityError(
            "territory.facility_kind",
            _("没有这类设施：{value}。"),
            remedy=_("请从设施种类里选；要加一种，请管理员加。"),
        ),
        FacilityError(
            "territory.asset_elsewhere",
            _("{value} 不在本单位的地域之内。"),
            remedy=_("请由那里的管理员登记，或核对代码和坐标。"),
        ),
        FacilityError(
            "territory.facility_code",
            _("设施编号写法不对：{value}。"),
            remedy=_("1至32个字符，中间没有空格；不写就自动编号。"),
        ),
        FacilityError(
            "territory.facility_code_used",
            _("设施编号 {value} 已经用过。"),
            remedy=_("编号不得重复使用，拆除的也算；请换一个，或留空由系统编号。"),
        ),
        FacilityError(
            "territory.asset_name",
            _("名称没有填，或者超过60字。"),
            remedy=_("写明是哪里的哪一处，如“示例村口东侧”。"),
        ),
        FacilityError(
            "territory.asset_ground",
            _("没有在用的村、社区或网格 {value}。"),
            remedy=_("请填12位村、社区代码或15位网格代码；有坐标又在网格里的可以不填。"),
        ),
        FacilityError(
            "territory.asset_point",
            _("坐标不对：{value}。"),
            remedy=_("经度在前、纬度在后，并落在所填的村、社区或网格里。"),
        ),
        FacilityError(
            "territory.facility_day",
            _("日期不对：{value}。"),
            remedy=_("不能晚于今天，也不能早于这处设施启用的日子。"),
        ),
        FacilityError(
            "territory.facility_condition",
            _("没有这种状况：{value}。"),
            remedy=_("请写：正常、有故障、停用。"),
        ),
        FacilityError(
            "territory.facility_faults",
            _("状况和毛病对不上。"),
            remedy=_("有故障的至少选一样毛病，正常的不选。"),
        ),
        FacilityError(
            "territory.list_code",
            _("代码写法不对：{value}。"),
            remedy=_("小写字母开头，只用小写字母、数字和下划线，最多32个。"),
        ),
        FacilityError(
            "territory.list_words",
            _("中文、英文名称要写，中文不超过40字。"),
        ),
        FacilityError(
            "territory.list_rule",
            _("巡检间隔或每格数量不对。"),
            remedy=_("间隔1至3660天，每格1至99处；没有规定就空着。"),
        ),
        FacilityError(
            "territory.place_service",
            _("没有这项服务：{value}。"),
            remedy=_("请先在服务清单里加上。"),
        ),
        FacilityError(
            "territory.keeper",
            _("没有叫“{value}”的单位。"),
            remedy=_("请写单位的全称或编号；重名的写编号。"),
        ),
        FacilityError(
            "territory.double_asset",
            _("与第 {value} 行是同一处。"),
            remedy=_("请只保留一行。"),
        ),
        FacilityError(
            "territory.many_assets",
            _("认不出是哪一处，可能是：{value}。"),
            remedy=_("请填设施编号；重名的综合体请先改名。"),
        ),
        FacilityError(
            "territory.place_text",
            _("地址、时间或电话太长。"),
            remedy=_("地址、时间不超过120字，电话不超过40字。"),
        ),
    )
}


def asset(fault: str, value: object = "") -> FacilityError:
    """Why a facility or a place cannot be as it was told, by a word for it."""
    said = _ASSET[fault]
    return FacilityError(said.code, said.sentence, remedy=said.remedy, details={"value": str(value)})


def too_many_rows(most: int) -> GroundError:
    return GroundError(
        "territory.too_many_rows",
        _("这张表超过{most}行，页面上一次收不下。"),
        remedy=_("请拆成几张，或请运维用导入命令。"),
        details={"most": most},
    )


def not_looked_at() -> GroundError:
    return GroundError(
        "territory.not_looked_at",
        _("这份文件看到一半停下了，什么都没有改。"),
        remedy=_("请换一种格式或拆小再试，或请运维用 gantang ground import 导入。"),
    )


def no_names(columns: str) -> GroundError:
    return GroundError(
        "territory.no_names",
        _("没有名称列。文件的列：{columns}。"),
        remedy=_("请用 --column name=列名 指明。"),
        details={"columns": columns},
    )
