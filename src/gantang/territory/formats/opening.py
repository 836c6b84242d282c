"""One file of ground opened by the reader that fits it."""

from pathlib import Path

from gantang.territory import errors
from gantang.territory.formats import tables
from gantang.territory.formats.raw import Opened

_GEOJSON = (".geojson", ".json", ".geojsonl", ".ndjson")
_LAYERS = (".shp", ".zip", ".gpkg")
_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".gz")


def opened(path: Path, *, sheet: str = "") -> Opened:
    """The rows of a file, one by one. ``sheet`` is the worksheet or the layer; the first one without it.

    Errors: SheetError, GroundError for a file that is none of these formats or cannot be read.
    """
    ending = path.suffix.lower()
    if ending in _GEOJSON:
        from gantang.territory.formats import features

        return features.opened(path)
    if ending in _LAYERS:
        from gantang.territory.formats import layers

        return layers.opened(path, sheet)
    if ending in _TABLES:
        return tables.opened(path, sheet)
    raise errors.no_format(path.name)
