"""Outlines put together from their rings."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import F

from gantang.territory.models import GridPart
from gantang.territory.rules.plane import Part


def of(codes: Collection[str]) -> dict[str, list[Part]]:
    """The outlines of some grids as they are drawn today, whether they are in force or not."""
    rows = GridPart.objects.filter(grid_id__in=codes, version=F("grid__version"))
    lines = rows.order_by("grid_id", "part", "ring").values_list("grid_id", "part", "ring", "points")
    return together(lines)


def together(rows: Iterable[tuple[str, int, int, Sequence[Sequence[float]]]]) -> dict[str, list[Part]]:
    """Rings, sorted by grid, part and ring: ring 0 opens a part, the others are its holes."""
    shapes: dict[str, list[tuple[Sequence[Sequence[float]], list[Sequence[Sequence[float]]]]]] = {}
    for code, _part, ring, points in rows:
        if ring == 0:
            shapes.setdefault(code, []).append((points, []))
        else:
            shapes[code][-1][1].append(points)
    return {code: list(parts) for code, parts in shapes.items()}
