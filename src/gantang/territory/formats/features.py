"""GeoJSON: a collection, a list of features, or one feature a line; UTF-8 or GB18030."""

import codecs
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from gantang.sheets import queries as sheets
from gantang.sheets.types import RowFault
from gantang.territory import errors
from gantang.territory.faults import unreadable_shape
from gantang.territory.formats.raw import Opened, Raw

_MARK = codecs.BOM_UTF8
_ENCODINGS = ("utf-8", "gb18030")


def opened(path: Path) -> Opened:
    encoding, text = _text(path)
    found, system = _features(path.name, text)
    columns = dict.fromkeys(name for one in found for name in one.get("properties") or ())
    made = Opened(tuple(columns), iter(()), encoding=encoding, system=system, has_shapes=True)
    made.rows = _rows(made, found)
    return made


def _rows(made: Opened, found: list[dict[str, Any]]) -> Iterator[Raw]:
    for number, one in enumerate(found, start=1):
        try:
            cells = {str(name): _told(value) for name, value in (one.get("properties") or {}).items()}
            yield Raw(number, cells, _geometry(one.get("geometry")))
        except (TypeError, ValueError, KeyError, AttributeError, shapely.errors.ShapelyError):
            made.faults.append(RowFault(number, *unreadable_shape()))


def _geometry(given: Any) -> Any:
    return None if given is None else shape(given)


def _told(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    whole = isinstance(value, int) and not isinstance(value, bool)  # whole numbers of JSON keep their digits
    return str(value) if whole else sheets.text_of(value)


def _text(path: Path) -> tuple[str, str]:
    raw = path.read_bytes().removeprefix(_MARK)
    for encoding in _ENCODINGS:
        try:
            return encoding, raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise errors.no_encoding(path.name)


def _features(name: str, text: str) -> tuple[list[dict[str, Any]], str]:
    """The features, and the system that an older file names."""
    try:
        given = json.loads(text)
    except ValueError:
        given = _by_line(name, text)
    if isinstance(given, dict) and given.get("type") == "FeatureCollection":
        listed = given.get("features")
    else:
        listed = [given] if isinstance(given, dict) else given
    if not isinstance(listed, list) or not all(_is_feature(one) for one in listed):
        raise errors.no_features(name)
    return listed, _system(given)


def _by_line(name: str, text: str) -> list[Any]:
    try:
        return [json.loads(line) for line in text.replace("\x1e", "").splitlines() if line.strip()]
    except ValueError:
        raise errors.no_features(name) from None


def _is_feature(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") == "Feature"


def _system(given: Any) -> str:
    named = given.get("crs") if isinstance(given, dict) else None
    properties = named.get("properties") if isinstance(named, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def save(path: Path, rows: Iterable[tuple[dict[str, Any], Any]], kind: str = "MultiPolygon") -> None:
    """Write a collection, one feature a line. A row is its properties and its coordinates, of polygons or, by
    ``kind``, of a point."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type":"FeatureCollection","features":[')
        for number, (properties, coordinates) in enumerate(rows):
            geometry = {"type": kind, "coordinates": coordinates} if coordinates else None
            feature = {"type": "Feature", "properties": properties, "geometry": geometry}
            file.write(("," if number else "") + "\n" + json.dumps(feature, ensure_ascii=False))
        file.write("\n]}\n")
