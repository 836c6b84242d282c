"""A part of a map. Pure."""

import json
from typing import Any


def part(body: bytes, *, within: str = "", digits: int | None = None) -> bytes:
    """The features of a map (GeoJSON) whose codes begin with ``within``, of so many digits; others go."""
    found: dict[str, Any] = json.loads(body)
    found["features"] = [one for one in found["features"] if _belongs(one, within, digits)]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _belongs(feature: dict[str, Any], within: str, digits: int | None) -> bool:
    code = feature["properties"]["code"]
    return code.startswith(within) and digits in (None, len(code))
