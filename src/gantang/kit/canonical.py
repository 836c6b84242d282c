"""One spelling for one value: the JSON that is hashed, chained and compared."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no blanks. Moments in UTC, ids and decimals as text; NaN is refused."""
    return _ENCODER.encode(value).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
)


def moment(value: datetime) -> str:
    """A moment in UTC to the microsecond, ``2026-11-24T05:02:12.000000Z``; naive ones are refused."""
    if value.utcoffset() is None:
        raise TypeError("a moment needs a zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"
