"""Which column of a table of grids is what: headers in Chinese and English, as maps and tables name them."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gantang.territory.rules import kinds

CODE, VILLAGE, NAME, KIND = "code", "village", "name", "kind"
SHAPE, SINCE, SCHEMATIC, HOUSEHOLDS = "shape", "valid_from", "schematic", "households"
URBAN = "urban_class"

#: What a column may be called; compared without case, blanks, strokes and brackets. XZQDM and ZLDWDM are the
#: fields of the national land survey, WGBM and WGMC those of urban management systems.
KNOWN: Mapping[str, tuple[str, ...]] = {
    CODE: ("网格代码", "网格编码", "网格编号", "网格码", "代码", "编码", "编号",
           "code", "grid code", "grid id", "grid", "WGBM", "WGDM"),
    VILLAGE: ("村代码", "社区代码", "村社区代码", "村社区", "所属村社区", "所属村", "所属社区", "区划代码",
              "行政区划代码", "村名", "村社区名称", "village", "village code", "community", "division",
              "division code", "XZQDM", "ZLDWDM"),
    NAME: ("网格名称", "网格名", "名称", "name", "grid name", "title", "WGMC"),
    KIND: ("网格类型", "网格类别", "类型", "类别", "kind", "type", "grid type", "grid kind"),
    SHAPE: ("边界", "网格边界", "范围", "几何", "图形", "坐标", "边界坐标",
            "geometry", "geom", "wkt", "shape", "geojson", "the geom"),
    SINCE: ("启用日期", "生效日期", "开始日期", "valid from", "since", "start date"),
    SCHEMATIC: ("示意", "是否示意", "schematic"),
    URBAN: ("城乡分类", "城乡分类代码", "urban class", "urbclass", "CXFLDM"),
    HOUSEHOLDS: ("户数", "网格户数", "households", "household count"),
}  # fmt: skip

#: What else the kinds are called beside their own names.
_ALSO = {"综合": "basic", "综合网格": "basic", "专业": "dedicated", "专业网格": "dedicated"}
KINDS: Mapping[str, str] = {
    **{one.code: one.code for one in kinds.KINDS.values()},
    **{one.en.casefold(): one.code for one in kinds.KINDS.values()},
    **{one.zh: one.code for one in kinds.KINDS.values()},
    **{one.zh.removesuffix("网格"): one.code for one in kinds.KINDS.values()},
    **_ALSO,
}
YES: frozenset[str] = frozenset({"1", "y", "yes", "true", "t", "是", "示意"})
NO: frozenset[str] = frozenset({"", "0", "n", "no", "false", "f", "否"})


@dataclass(frozen=True, slots=True)
class Matched:
    """``fields`` → the file's column, ``doubtful`` → the columns that claim the same field, ``unused``."""

    fields: Mapping[str, str]
    doubtful: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]


def plain(header: str) -> str:
    """A header without what files write differently."""
    narrow = unicodedata.normalize("NFKC", header).casefold()
    return "".join(each for each in narrow if each.isalnum())


#: Ten bytes hold three Chinese characters in UTF-8.
_KEPT = 3
Names = Mapping[str, tuple[str, ...]]


def matched(columns: Iterable[str], told: Mapping[str, str] | None = None, known: Names = KNOWN) -> Matched:
    """Match the columns; what ``told`` says (field → column) goes first. Two that claim one field are
    doubtful, unless one of them carries the field's first name."""
    told, columns = dict(told or {}), tuple(columns)
    named = {plain(name): field for field, names in known.items() for name in names}
    claims: dict[str, list[str]] = {}
    for column in columns:
        field = named.get(plain(column)) or _cut(plain(column), named)
        if field is not None and field not in told and column not in told.values():
            claims.setdefault(field, []).append(column)
    fields, doubtful = dict(told), {}
    for field, claiming in claims.items():
        best = _best(known[field][0], claiming)
        if best is None:
            doubtful[field] = tuple(claiming)
        else:
            fields[field] = best
    used = {*fields.values(), *(column for some in doubtful.values() for column in some)}
    return Matched(fields, doubtful, tuple(column for column in columns if column not in used))


def _cut(header: str, named: Mapping[str, str]) -> str | None:
    """The field of a Chinese header that a Shapefile cut off after ten bytes, if only one can be meant."""
    if len(header) < _KEPT or header.isascii():
        return None
    fields = {field for name, field in named.items() if name.startswith(header)}
    return fields.pop() if len(fields) == 1 else None


def _best(first: str, claiming: list[str]) -> str | None:
    if len(claiming) == 1:
        return claiming[0]
    return next((column for column in claiming if plain(column) == plain(first)), None)
