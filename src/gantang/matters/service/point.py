"""The point of a matter: kept on its row, told by no step.

A step holds its hash, keyed and salted, so that a rebuild can check the row; the salt stands on the row and
goes with the point when the matter is erased, and then nobody can try all points of a grid against the hash.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gantang.kit import crypto
from gantang.matters.models import Matter
from gantang.matters.service.ground import Place

_SALT = 16


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, the salt and the hash of both."""

    lon: float
    lat: float
    salt: bytes
    mac: bytes


def point_of(place: Place) -> Point | None:
    """The point of a place, with a salt of its own; None where only a ground is known."""
    if place.lon is None or place.lat is None:
        return None
    salt = secrets.token_bytes(_SALT)
    mac = crypto.mac("point", *_parts(place.lon / 1_000_000, place.lat / 1_000_000, salt))
    return Point(place.lon / 1_000_000, place.lat / 1_000_000, salt, mac)


def is_true(row: Matter, told: bytes) -> bool:
    """Whether a row has the point that its steps answer for."""
    if row.lon is None or row.lat is None or row.point_salt is None:
        return False
    return crypto.same_mac(told, "point", *_parts(row.lon, row.lat, bytes(row.point_salt)))


def kept(row: Matter, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from the steps, with the row's own point where a step has its hash alone."""
    return dict(fields) if fields["point_mac"] is None else {**fields, "lon": row.lon, "lat": row.lat}


def _parts(lon: float, lat: float, salt: bytes) -> tuple[bytes, bytes, bytes]:
    lon_, lat_ = (str(round(degrees * 1_000_000)).encode() for degrees in (lon, lat))
    return lon_, lat_, salt
