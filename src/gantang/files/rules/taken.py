"""When and where a picture says it was taken (EXIF). Pure. ``clean`` takes all of it out; this is read
before, for a picture of which somebody said that it shows the place."""

import re
from typing import Any, BinaryIO

_DATED, _ZONED, _GPS, _EXIF = 0x9003, 0x9011, 0x8825, 0x8769
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d)(:\d\d)?")
_ZONE = re.compile(r"[+-]\d\d:\d\d")


def taken(source: BinaryIO) -> str:
    """``2026-11-01 09:30 +08:00, 28.123456, 115.123456`` (moment, latitude, longitude in degrees), what
    of it is there; "" for what is no picture, or tells neither."""
    from PIL import Image

    source.seek(0)
    try:
        with Image.open(source) as opened:
            tags = opened.getexif()
            inner, place = tags.get_ifd(_EXIF), tags.get_ifd(_GPS)
    except Exception:  # noqa: BLE001  damaged remarks are none; whether the picture is fit is judged elsewhere
        return ""
    finally:
        source.seek(0)
    return ", ".join(one for one in (_moment(inner), _point(place)) if one)


def _moment(inner: Any) -> str:
    found = _MOMENT.match(str(inner.get(_DATED, "")))
    if found is None:
        return ""
    zone = _ZONE.match(str(inner.get(_ZONED, "")))
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}" + (f" {zone[0]}" if zone else "")


def _point(place: Any) -> str:
    """Tags 1–4: hemisphere and degrees, minutes, seconds, for latitude and longitude."""
    try:
        lat, lon = _degrees(place[2], place[1] == "S"), _degrees(place[4], place[3] == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return ""
    return f"{lat:.6f}, {lon:.6f}" if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else ""


def _degrees(parts: Any, is_below: bool) -> float:
    degrees, minutes, seconds = (float(one) for one in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if value != value:  # not a number
        raise ValueError
    return -value if is_below else value
