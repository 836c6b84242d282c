"""What is wrong with the grids of a ground, each with its place. Loads shapely: commands and jobs only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy
import shapely

from gantang.territory import coverage
from gantang.territory.types import GridView, GroundFinding, Size

#: What lies outside of its village by less than this share is how borders are drawn.
_ASTRAY = 0.01


def outlines(
    grids: Sequence[GridView], shapes: Mapping[str, Any], divisions: Mapping[str, Any], *, least: float
) -> Iterator[GroundFinding]:
    """Gaps, overlaps, outlines that are none, and grids that reach over into another village.

    ``divisions`` are outlines by prefix where they are known; ``least`` the square metres from which on a gap
    or an overlap counts.
    """
    for one in grids:
        if one.code not in shapes:
            yield GroundFinding("no_outline", (one.code,))
    valid = shapely.is_valid(numpy.array(list(shapes.values()), dtype=object))
    sound = {code: shape for (code, shape), is_sound in zip(shapes.items(), valid, strict=True) if is_sound}
    for code in shapes.keys() - sound.keys():
        yield GroundFinding(
            "invalid", (code,), _place(shapes[code]), detail=shapely.is_valid_reason(shapes[code])
        )
    yield from _faces(sound, least)
    yield from _astray(sound, divisions)


def _faces(sound: Mapping[str, Any], least: float) -> Iterator[GroundFinding]:
    """Pieces that several grids cover are added up by the grids that do."""
    over: dict[tuple[str, ...], list[coverage.Face]] = {}
    for face in coverage.faces(sound, least=least):
        if face.covered:
            over.setdefault(face.grids, []).append(face)
        else:
            yield GroundFinding("gap", face.grids, face.point, round(face.square_metres))
    for grids, some in over.items():
        kind = "overlap" if len({code[:12] for code in grids}) == 1 else "two_villages"
        largest = max(some, key=lambda face: face.square_metres)
        yield GroundFinding(kind, grids, largest.point, round(sum(face.square_metres for face in some)))


def _astray(sound: Mapping[str, Any], divisions: Mapping[str, Any]) -> Iterator[GroundFinding]:
    """Grids that lie outside of what is known of their divisions, by the deepest one."""
    lengths = sorted({len(one) for one in divisions}, reverse=True)
    shapely.prepare(numpy.array(list(divisions.values()), dtype=object))
    for code, shape in sound.items() if lengths else ():
        prefix = next((code[:length] for length in lengths if code[:length] in divisions), None)
        if prefix is None or shapely.covers(divisions[prefix], shape):
            continue
        outside = shapely.difference(shape, divisions[prefix])
        if outside.area > shape.area * _ASTRAY:
            area = round(coverage.square_metres(outside))
            yield GroundFinding("astray", (code,), _place(outside), area, detail=prefix)


def orphans(grids: Sequence[GridView], villages: Mapping[str, bool]) -> Iterator[GroundFinding]:
    """Grids whose village is no longer in force, and villages without a grid beside villages with some.

    ``villages`` says of each village whether it is in force.
    """
    for one in grids:
        if not villages.get(one.village, False):
            yield GroundFinding("no_village", (one.code,), _centre(one))
    gridded = {one.village for one in grids}
    townships = {village[:9] for village in gridded}
    for village, in_force in villages.items():
        if in_force and village not in gridded and village[:9] in townships:
            yield GroundFinding("no_grid", (village,))


def sizes(grids: Sequence[GridView], *, town: Size, country: Size) -> Iterator[GroundFinding]:
    """Basic grids with fewer or more households than the rule of town or country has; unknown is not told."""
    for one in grids:
        size, count = (town if one.urban else country), one.households
        if size is None or count is None or one.kind != "basic":
            continue
        low, high = size
        if not low <= count <= high:
            kind = "too_small" if count < low else "too_large"
            yield GroundFinding(kind, (one.code,), _centre(one), count, detail=f"{low}-{high}")


def _centre(one: GridView) -> tuple[float, float] | None:
    return None if one.lon is None or one.lat is None else (one.lon, one.lat)


def _place(shape: Any) -> tuple[float, float]:
    point = shape.representative_point() if shape.is_valid else shape.centroid
    return round(point.x, 6), round(point.y, 6)
