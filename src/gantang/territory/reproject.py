"""From the coordinate system that a file claims to CGCS2000 degrees, by pyproj (extra ``ground``)."""

from typing import Any

import shapely

from gantang.territory import errors

#: Already ours, or centimetres from it: CGCS2000, WGS-84, and WGS-84 with longitude first.
_OURS = frozenset({"EPSG:4490", "EPSG:4326", "OGC:CRS84", "CRS84", "EPSG:4979", "EPSG:4480"})
_URN = "urn:ogc:def:crs:"


def is_ours(system: str) -> bool:
    """Whether coordinates of this system may be taken as they are; a file that claims none is believed."""
    return not system or _short(system) in _OURS


def degrees_of(system: str, shapes: list[Any]) -> list[Any]:
    """The shapes in degrees of CGCS2000. Errors: GroundError for a system that is not known."""
    if is_ours(system):
        return shapes
    project = _transformer(system)
    return [
        None if one is None else shapely.transform(one, project.transform, interleaved=False)
        for one in shapes
    ]


def _transformer(system: str) -> Any:
    try:
        from pyproj import CRS, Transformer
        from pyproj.exceptions import CRSError, ProjError
    except ImportError:
        raise errors.no_extra() from None
    try:
        return Transformer.from_crs(CRS.from_user_input(system), "EPSG:4490", always_xy=True)
    except (CRSError, ProjError):
        raise errors.no_system(system) from None


def _short(system: str) -> str:
    return system.removeprefix(_URN).replace("::", ":").replace("OGC:1.3:", "OGC:").upper()
