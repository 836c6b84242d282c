"""Whether coordinates were shifted by a map service: judged by how well they fit what is known."""

from collections.abc import Mapping
from math import cos, hypot, radians

from gantang.territory.rules.datum import Datum, Point, stored

#: What a file may have been given in; the first is what it is taken for where nothing speaks against it.
CANDIDATES = (Datum.CGCS2000, Datum.GCJ02, Datum.BD09)
#: Another datum is told only where it leaves at most so much of the misfit, and mends at least so much of the
#: area: a better fit by a hair is chance.
_LEFT, _MENDED = 0.6, 0.0005
_METRES = 111_320.0


def judged(misfits: Mapping[Datum, float]) -> Datum:
    """The datum that the data speak for: the plain one, unless a shifted one fits clearly better."""
    plain = misfits[Datum.CGCS2000]
    best = min(CANDIDATES, key=lambda one: misfits[one])
    clearly = misfits[best] <= plain * _LEFT and plain - misfits[best] >= _MENDED
    return best if clearly else Datum.CGCS2000


def metres(datum: Datum, point: Point) -> float:
    """How far away a point given in this datum is really."""
    lon, lat = stored(datum, point)
    return hypot((lon - point[0]) * cos(radians(lat)), lat - point[1]) * _METRES
