"""Names and urban classes kept in the process: lists show them on every row, and they hardly ever change.

A change made in this process is seen at once (``forget``), one made elsewhere after ``_KEEP`` seconds.
"""

from collections.abc import Iterable
from threading import Lock
from time import monotonic

from gantang.territory.models import Division, Grid
from gantang.territory.rules.prefix import village_is_urban

_KEEP = 60.0
_MOST = 200_000
_names: dict[str, str] = {}
_classes: dict[str, str] = {}
_lock = Lock()
_since = monotonic()


def names(grounds: Iterable[str]) -> dict[str, str]:
    """Names by code; codes that are unknown are left out."""
    _refresh()
    wanted = set(grounds)
    known = {code: name for code in wanted if (name := _names.get(code)) is not None}
    missing = wanted - known.keys()
    if missing:
        found = dict(
            Division.objects.filter(pk__in=[c for c in missing if len(c) < 15]).values_list("pk", "name")
        )
        found |= dict(
            Grid.objects.filter(pk__in=[c for c in missing if len(c) == 15]).values_list("pk", "name")
        )
        _names.update(found)
        known |= found
    return known


def urban(village: str) -> bool:
    _refresh()
    known = _classes.get(village)
    if known is None:
        known = Division.objects.filter(pk=village).values_list("urban_class", flat=True).first() or ""
        _classes[village] = known
    return urban_by(village, known)


def urban_by(village: str, urban_class: str) -> bool:
    """The statistical class decides (1xx urban, 2xx rural); without one, the village's own code."""
    return urban_class.startswith("1") if urban_class else village_is_urban(village)


def forget() -> None:
    global _since
    with _lock:
        _names.clear()
        _classes.clear()
        _since = monotonic()


def _refresh() -> None:
    if monotonic() - _since > _KEEP or len(_names) > _MOST:
        forget()
