"""Which column of a table of facilities or of places is what, and how their words are written. Pure."""

from collections.abc import Mapping

_GROUND = ("网格代码", "网格编码", "所在网格", "村代码", "社区代码", "村社区代码", "区划代码", "地域",
           "ground", "grid", "grid code", "village", "village code", "division code")  # fmt: skip
_LON = ("经度", "lon", "longitude", "lng", "x")
_LAT = ("纬度", "lat", "latitude", "y")

FACILITY: Mapping[str, tuple[str, ...]] = {
    "code": ("设施编号", "编号", "设备编号", "设备编码", "编码", "code", "facility code", "number"),
    "kind": ("设施种类", "种类", "设施类型", "类型", "类别", "kind", "type"),
    "name": ("名称", "设施名称", "位置", "安装位置", "点位名称", "name", "title"),
    "ground": _GROUND,
    "lon": _LON,
    "lat": _LAT,
    "installed_on": ("安装日期", "装设日期", "建成日期", "installed on", "installed"),
    "condition": ("状况", "状态", "设施状态", "condition", "status"),
    "keeper": ("管护单位", "责任单位", "维护单位", "keeper", "unit"),
}  # fmt: skip
PLACE: Mapping[str, tuple[str, ...]] = {
    "name": ("名称", "综合体名称", "name", "title"),
    "ground": _GROUND,
    "address": ("地址", "详细地址", "address"),
    "lon": _LON,
    "lat": _LAT,
    "services": ("服务", "服务事项", "services"),
    "hours": ("时间", "开放时间", "服务时间", "hours", "opening hours"),
    "phone": ("电话", "联系电话", "办公电话", "phone", "telephone"),
}
#: How a condition is written in a table; the first way is how it goes out.
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "working": ("正常", "完好", "在用", "working", "ok"),
    "faulty": ("有故障", "故障", "损坏", "faulty", "broken"),
    "out_of_service": ("停用", "报停", "out of service", "out_of_service", "off"),
}
CONDITION: Mapping[str, str] = {word: code for code, words in CONDITIONS.items() for word in words}
