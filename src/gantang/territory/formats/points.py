"""Facilities and places written to a file: CSV, a workbook, or GeoJSON with points. Read again, they are
equal."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gantang.territory import errors
from gantang.territory.formats import features, tables
from gantang.territory.rules import asset_columns


def save(path: Path, fields: Iterable[str], rows: Iterable[Mapping[str, str]], *, places: bool) -> None:
    """Write rows of texts by field; the name's end says the format. Errors: GroundError."""
    names = asset_columns.PLACE if places else asset_columns.FACILITY
    listed, ending = list(fields), path.suffix.lower()
    if ending in (".csv", ".xlsx"):
        headers = [names[field][0] for field in listed]
        tables.save(path, headers, ([row[field] for field in listed] for row in rows))
    elif ending in (".geojson", ".json"):
        features.save(path, (_feature(row, listed) for row in rows), kind="Point")
    else:
        raise errors.no_format(path.name)


def _feature(row: Mapping[str, str], fields: list[str]) -> tuple[dict[str, Any], Any]:
    point = [float(row["lon"]), float(row["lat"])] if row["lon"] else None
    return {field: row[field] for field in fields if field not in ("lon", "lat")}, point
