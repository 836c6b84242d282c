"""Shapefiles (also zipped) and GeoPackages, by pyogrio, which comes with the extra ``ground``."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shapely

from gantang.sheets import queries as sheets
from gantang.sheets.types import LIMITS
from gantang.territory import errors
from gantang.territory.formats import dbf
from gantang.territory.formats.raw import Opened, Raw

_MEMBERS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DRIVERS = {".shp": "ESRI Shapefile", ".gpkg": "GPKG"}
_LAYER, _SYSTEM = "grids", "EPSG:4490"


def opened(path: Path, layer: str) -> Opened:
    """The features of the layer, the first one where none is named."""
    pyogrio = _pyogrio()
    with _unpacked(path, layer) as (file, named):
        encoding, names = _table(file)
        try:
            meta, _ids, shapes, values = pyogrio.raw.read(
                file, layer=named or None, encoding=encoding or None, force_2d=True, datetime_as_string=True
            )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
            raise errors.no_layer(path.name) from error
    columns = tuple(names if len(names) == len(values) else (str(name) for name in meta["fields"]))
    if shapes is None:
        raise errors.no_layer(path.name)
    rows = _rows(columns, shapes, values)
    return Opened(columns, rows, encoding=encoding, system=meta["crs"] or "", has_shapes=True)


def _rows(columns: Sequence[str], shapes: Any, values: Sequence[Any]) -> Iterator[Raw]:
    for place, geometry in enumerate(shapely.from_wkb(shapes, on_invalid="ignore")):
        cells = {name: _told(some[place]) for name, some in zip(columns, values, strict=True)}
        yield Raw(place + 1, cells, shapely.Polygon() if geometry is None and shapes[place] else geometry)


def _told(value: Any) -> str:
    """A value as text; numpy's numbers first become ordinary ones, and what is no number is nothing."""
    plain = value.item() if hasattr(value, "item") else value
    return "" if plain is None or plain != plain else sheets.text_of(plain)


def _table(file: Path) -> tuple[str, list[str]]:
    """Encoding and names of the columns of a Shapefile; a GeoPackage is UTF-8 by itself."""
    beside = next((one for one in (file.with_suffix(".dbf"), file.with_suffix(".DBF")) if one.exists()), None)
    if file.suffix.lower() != ".shp" or beside is None:
        return "", []
    table = beside.read_bytes()
    found = dbf.encoding_of(table, _claimed(file))
    if found is None:
        raise errors.no_encoding(file.name)
    return found, dbf.names(table, found)


def _claimed(file: Path) -> str:
    beside = file.with_suffix(".cpg")
    return beside.read_text(encoding="ascii", errors="ignore").strip() if beside.exists() else ""


@contextmanager
def _unpacked(path: Path, layer: str) -> Iterator[tuple[Path, str]]:
    """The file itself, or the Shapefile in a zip under a plain name: names in zips come in any encoding."""
    if path.suffix.lower() != ".zip":
        yield path, layer
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                yield _extracted(packed, path.name, layer, Path(folder)), ""
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise errors.no_layer(path.name) from error


def _extracted(packed: zipfile.ZipFile, name: str, layer: str, folder: Path) -> Path:
    entries = {Path(one.filename): one for one in packed.infolist() if not one.is_dir()}
    if sum(one.file_size for one in entries.values()) > LIMITS.unpacked_bytes:
        raise errors.no_layer(name)
    stems = sorted(one.with_suffix("") for one in entries if one.suffix.lower() == ".shp")
    wanted = [one for one in stems if not layer or one.name == layer]
    if not wanted:
        raise errors.no_layer(name)
    for path, entry in entries.items():
        ending = path.suffix.lower()
        if path.with_suffix("") == wanted[0] and ending in _MEMBERS:
            with packed.open(entry) as source, (folder / f"layer{ending}").open("wb") as target:
                shutil.copyfileobj(source, target)
    return folder / "layer.shp"


def save(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Any]], shapes: Sequence[Any]) -> None:
    """Write a layer of multi-polygons in CGCS2000; a name that ends in ``.zip`` holds a Shapefile."""
    if path.suffix.lower() != ".zip":
        _write(path, columns, rows, shapes)
        return
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder) / f"{path.stem}.shp", columns, rows, shapes)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for one in sorted(Path(folder).iterdir()):
                packed.write(one, one.name)


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[Any]], shapes: Sequence[Any]) -> None:
    import numpy

    pyogrio = _pyogrio()
    path.unlink(missing_ok=True)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(numpy.array(shapes, dtype=object)),
        [numpy.array([row[place] for row in rows], dtype=object) for place in range(len(columns))],
        list(columns),
        layer=path.stem if path.suffix.lower() == ".shp" else _LAYER,
        driver=_DRIVERS[path.suffix.lower()],
        geometry_type="MultiPolygon",
        crs=_SYSTEM,
        encoding="UTF-8",
    )


def _pyogrio() -> Any:
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError:
        raise errors.no_extra() from None
    return pyogrio
