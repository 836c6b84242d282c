"""Which datum coordinates are of, and the way from the map services' shifted ones to our own.

Stored is CGCS2000. WGS-84 is taken for equal to it: the two differ by centimetres, far less than a grid's
border is known to. Map services in China show shifted coordinates, by 100 to 700 metres:
GCJ-02, and BD-09, which shifts GCJ-02 once more. They are converted where they come in, and never stored.

The formulae of both shifts are the published ones (the series of the open ``eviltransform`` and
``coordtransform`` projects, on the Krassovsky ellipsoid: a = 6,378,245 m, e² = 0.00669342162296594323).
Neither has an inverse in closed form: the way back is found by iteration, each turn of which leaves less
than a hundredth of what was wrong. Points are (longitude, latitude) in degrees.
"""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]
Shift = Callable[[Point], Point]

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_MIDDLE = (105.0, 35.0)
#: Outside of this box the services do not shift.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_TURN = pi * 3000.0 / 180.0
#: A hundredth of a millimetre; the turns never needed more than six.
_CLOSE, _MOST = 1e-10, 20


class Datum(StrEnum):
    """What coordinates may be given in."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def gcj02_of(point: Point) -> Point:
    """GCJ-02 of a WGS-84 point; the point itself outside of China."""
    lon, lat = point
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return point
    x, y = lon - _MIDDLE[0], lat - _MIDDLE[1]
    slant = 1 - _ECCENTRICITY * sin(radians(lat)) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / (slant * sqrt(slant))
    parallel = _AXIS / sqrt(slant) * cos(radians(lat))
    return lon + _degrees(_east(x, y), parallel), lat + _degrees(_north(x, y), meridian)


def bd09_of(point: Point) -> Point:
    """BD-09 of a GCJ-02 point."""
    lon, lat = point
    reach = hypot(lon, lat) + 0.00002 * sin(lat * _TURN)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _TURN)
    return reach * cos(angle) + 0.0065, reach * sin(angle) + 0.006


def from_gcj02(point: Point) -> Point:
    """WGS-84 of a GCJ-02 point, to less than 1e-9 degree."""
    return _back(gcj02_of, point)


def from_bd09(point: Point) -> Point:
    """GCJ-02 of a BD-09 point, to less than 1e-9 degree."""
    return _back(bd09_of, point)


def stored(datum: Datum, point: Point) -> Point:
    """The point as it is stored."""
    if datum is Datum.GCJ02:
        return from_gcj02(point)
    return from_gcj02(from_bd09(point)) if datum is Datum.BD09 else point


def shown(datum: Datum, point: Point) -> Point:
    """A stored point as a service of this datum shows it."""
    if datum is Datum.GCJ02:
        return gcj02_of(point)
    return bd09_of(gcj02_of(point)) if datum is Datum.BD09 else point


def _back(shift: Shift, point: Point) -> Point:
    """The point that ``shift`` moves to this one."""
    lon, lat = point
    for _turn in range(_MOST):
        there = shift((lon, lat))
        over, above = there[0] - point[0], there[1] - point[1]
        lon, lat = lon - over, lat - above
        if abs(over) < _CLOSE and abs(above) < _CLOSE:
            break
    return lon, lat


def _degrees(metres: float, radius: float) -> float:
    return metres * 180 / (radius * pi)


def _east(x: float, y: float) -> float:
    """The shift to the east in metres, of a place relative to 105° E, 35° N."""
    plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    long = 150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)
    return plain + (_ripple(x) + 20 * sin(x * pi) + 40 * sin(x / 3 * pi) + long) * 2 / 3


def _north(x: float, y: float) -> float:
    """The shift to the north in metres."""
    plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    long = 160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)
    return plain + (_ripple(x) + 20 * sin(y * pi) + 40 * sin(y / 3 * pi) + long) * 2 / 3


def _ripple(x: float) -> float:
    return 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
