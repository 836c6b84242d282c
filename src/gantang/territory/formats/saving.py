"""Grids written to a file of any of the formats; read again, they are equal."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import shapely

from gantang.territory import errors
from gantang.territory.formats import features, layers, tables
from gantang.territory.rules import kinds, rings
from gantang.territory.types import GridRecord

#: Ten bytes are all that a column's name has in a Shapefile.
_FIELDS = ("code", "name", "kind", "village", "villname", "valid_from", "schematic", "households", "urbclass")
_HEADERS = (
    "网格代码", "网格名称", "网格类型", "村代码", "村名", "启用日期", "示意", "户数", "城乡分类", "边界"
)  # fmt: skip


def save(path: Path, records: Sequence[GridRecord]) -> None:
    """Write the grids; the name's end says the format. Errors: GroundError."""
    ending = path.suffix.lower()
    if ending in (".csv", ".xlsx"):
        tables.save(path, _HEADERS, (_cells(one) for one in records))
    elif ending in (".geojson", ".json"):
        features.save(path, _features(records))
    elif ending in (".shp", ".zip", ".gpkg"):
        rows = [list(_values(one).values()) for one in records]
        layers.save(path, _FIELDS, rows, [_shape(one) for one in records])
    else:
        raise errors.no_format(path.name)


def _values(one: GridRecord) -> dict[str, Any]:
    return dict(zip(_FIELDS, _told(one, one.kind, "yes" if one.schematic else "no"), strict=True))


def _cells(one: GridRecord) -> list[Any]:
    found = kinds.KINDS.get(one.kind)
    kind = found.zh.removesuffix("网格") if found else one.kind
    return [*_told(one, kind, "是" if one.schematic else "否"), rings.written(one.parts)]


def _told(one: GridRecord, kind: str, schematic: str) -> list[str]:
    """All values as texts, so that every format keeps them alike."""
    since = one.valid_from.isoformat() if one.valid_from else ""
    households = "" if one.households is None else str(one.households)
    return [
        one.code, one.name, kind, one.village, one.village_name, since, schematic, households, one.urban_class
    ]  # fmt: skip


def _features(records: Iterable[GridRecord]) -> Iterable[tuple[dict[str, Any], Any]]:
    for one in records:
        yield _values(one), rings.coordinates(one.parts)


def _shape(one: GridRecord) -> Any:
    return shapely.MultiPolygon([(outer, list(holes)) for outer, holes in one.parts]) if one.parts else None
