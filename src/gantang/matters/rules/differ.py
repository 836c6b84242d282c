"""Where two versions of the same thing differ, named column by column; values are shown as codes, never as
text."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

Found = tuple[str, str, str]  # column (with the path inside it), stored, rebuilt
NONE = "-"
_CODE = re.compile(r"[\x20-\x7e]{1,200}")


def differing(stored: Mapping[str, Any], rebuilt: Mapping[str, Any], path: str = "") -> Iterator[Found]:
    """Every leaf that differs, in order; what one side lacks is shown as ``-``."""
    for name in sorted({*stored, *rebuilt}):
        yield from _differing(stored.get(name), rebuilt.get(name), f"{path}.{name}" if path else name)


def _differing(stored: Any, rebuilt: Any, path: str) -> Iterator[Found]:
    if stored == rebuilt and type(stored) is type(rebuilt):
        return
    if isinstance(stored, Mapping) and isinstance(rebuilt, Mapping):
        yield from differing(stored, rebuilt, path)
    elif isinstance(stored, list) and isinstance(rebuilt, list):
        yield from differing(_placed(stored), _placed(rebuilt), path)
    else:
        yield path, shown(stored), shown(rebuilt)


def _placed(values: list[Any]) -> dict[str, Any]:
    """A list by its places; entries of counts by what they count."""
    if all(isinstance(one, list) and len(one) == 4 for one in values):
        return {f"{day}/{measure}/{unit}": n for day, measure, unit, n in values}
    return {str(place): one for place, one in enumerate(values)}


def shown(value: Any) -> str:
    """A value as a report may show it: codes as they are, of anything else only what it is."""
    if value is None or value == "":
        return NONE
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping | list):
        return f"({type(value).__name__}: {len(value)})"
    text = str(value)
    return text if _CODE.fullmatch(text) else f"(text: {len(text)})"
