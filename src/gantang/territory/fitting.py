"""How well a file of grids fits what is known, under each datum. Loads shapely: for commands and jobs only.

Known are the grids in force in its villages, and outlines of divisions where a file of them is given. A grid
with a code should cover itself as it is; each should lie within its divisions, and beside the
other grids of its village, not on them.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import shapely

from gantang.territory import outlines
from gantang.territory.rules import rings, shifted
from gantang.territory.rules.datum import Datum
from gantang.territory.types import DatumFit, GridRow

#: So many rows are looked at, from all over the file.
SAMPLE = 300
#: Five metres, in degrees: grids of one village lie beside each other.
_BESIDE = 5e-5


def sample(rows: Sequence[GridRow]) -> list[GridRow]:
    """Some rows with an outline, from all over the file."""
    drawn = [row for row in rows if row.shape is not None]
    return drawn[:: max(1, len(drawn) // SAMPLE)]


def fit(
    rows: Sequence[GridRow], named: AbstractSet[str], known: Mapping[str, Any], divisions: Mapping[str, Any]
) -> DatumFit:
    """The fit of sampled rows. ``named`` are all codes of the file, ``known`` shapes of grids by code,
    ``divisions`` outlines by prefix."""
    others = _others(rows, named, known)
    found: dict[Datum, list[float]] = {}
    for datum in shifted.CANDIDATES:
        shapes = [_moved(row.shape, datum) for row in rows]
        found[datum] = [
            share
            for row, shape in zip(rows, shapes, strict=True)
            for share in _misfits(row, shape, known, divisions, others.get(row.village))
        ]
    compared = len(found[Datum.CGCS2000])
    means = {datum: sum(some) / len(some) if some else 0.0 for datum, some in found.items()}
    best = shifted.judged(means)
    middle = rows[0].shape.centroid if rows else None
    far = shifted.metres(best, (middle.x, middle.y)) if middle is not None else 0.0
    return DatumFit({str(one): round(share, 6) for one, share in means.items()}, compared, str(best), far)


def _misfits(
    row: GridRow, shape: Any, known: Mapping[str, Any], divisions: Mapping[str, Any], others: Any
) -> list[float]:
    """Shares of the row's area that are where they should not be."""
    found = []
    if row.code in known:
        found.append(_share(shapely.symmetric_difference(shape, known[row.code]), shape))
    prefix = max((one for one in divisions if row.village.startswith(one)), key=len, default=None)
    if prefix is not None:
        found.append(_share(shapely.difference(shape, divisions[prefix]), shape))
    if others is not None:
        beside = shapely.dwithin(shape, others, _BESIDE)
        found.append(_share(shapely.intersection(shape, others), shape) if beside else 1.0)
    return found


def _share(part: Any, whole: Any) -> float:
    return min(1.0, part.area / whole.area) if whole.area else 0.0


def _others(rows: Sequence[GridRow], named: AbstractSet[str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Of each village, the ground of the grids that the file does not name."""
    named = named | {row.code for row in rows}
    by_village: dict[str, list[Any]] = {}
    for code, shape in known.items():
        if code not in named:
            by_village.setdefault(code[:12], []).append(shape)
    unnamed = {row.village for row in rows if not row.code}  # whose rows may be these very grids
    return {
        village: shapely.union_all(some) for village, some in by_village.items() if village not in unnamed
    }


def _moved(shape: Any, datum: Datum) -> Any:
    if datum is Datum.CGCS2000:
        return shape
    return shapely.make_valid(outlines.of_parts(rings.converted(outlines.parts_of(shape), datum)))
