"""What of a matter's place is kept on its row and told by no step: its point; of what lies apart also its
unit, its county and its class.

A step holds the hash, keyed and salted, so that a rebuild can check the row; the salt stands on the row and
goes with the rest when the matter is erased, and then nobody can try all that it might have been.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gantang.kit import crypto
from gantang.kit.actor import is_apart
from gantang.matters.models import Matter
from gantang.matters.service.ground import Place

_SALT = 16
_POINT, _APART = ("lon", "lat"), ("scope", "division", "class_code")


@dataclass(frozen=True, slots=True)
class Point:
    """The columns of the row, the salt and the hash of all."""

    columns: Mapping[str, Any]
    salt: bytes
    mac: bytes


def point_of(place: Place, klass: str) -> Point | None:
    """What the row alone says of a place, with a salt of its own; None where only a ground is known."""
    if place.is_apart:
        return _hidden("apart", {"scope": place.scope, "division": place.county, "class_code": klass})
    if place.lon is None or place.lat is None:
        return None
    return _hidden("point", {"lon": place.lon / 1_000_000, "lat": place.lat / 1_000_000})


def _hidden(domain: str, columns: Mapping[str, Any]) -> Point:
    salt = secrets.token_bytes(_SALT)
    return Point(columns, salt, crypto.mac(domain, *_parts(columns.values(), salt)))


def is_true(row: Matter, told: bytes) -> bool:
    """Whether a row says what its steps answer for."""
    values = [getattr(row, name) for name in _columns(row.scope)]
    if None in values or row.point_salt is None:
        return False
    domain = "apart" if is_apart(row.scope) else "point"
    return crypto.same_mac(told, domain, *_parts(values, bytes(row.point_salt)))


def kept(row: Matter, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that follow from the steps, with the row's own where a step has their hash alone."""
    if fields["point_mac"] is None:
        return dict(fields)
    return {**fields, **{name: getattr(row, name) for name in _columns(fields["scope"])}}


def _columns(scope: str) -> tuple[str, ...]:
    return _APART if is_apart(scope) else _POINT


def _parts(values: Any, salt: bytes) -> tuple[bytes, ...]:
    return *(_spelled(one) for one in values), salt


def _spelled(value: str | float) -> bytes:
    return (value if isinstance(value, str) else str(round(value * 1_000_000))).encode()
