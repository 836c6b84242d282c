"""Names, urban classes and days of validity kept in the process: every list and every intake asks for them,
and they hardly ever change.

A change made in this process is seen at once (``forget``), one made elsewhere after ``_KEEP`` seconds.
"""

from collections.abc import Iterable
from datetime import date
from threading import Lock
from time import monotonic

from gantang.territory.models import Division, Grid
from gantang.territory.rules.prefix import village_is_urban

#: Since when and until when a code is in force, the end excluded; None is open.
Span = tuple[date | None, date | None]
_KEEP = 60.0
_MOST = 200_000
_names: dict[str, str] = {}
_classes: dict[str, str] = {}
_spans: dict[str, Span | None] = {}
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


def urban(ground: str) -> bool | None:
    """Urban or rural, of a grid by its own class, else by its village's; of wider ground by its own alone."""
    _refresh()
    known = _class(ground)
    if known or len(ground) < 12:
        return known.startswith("1") if known else None
    return urban_by(ground[:12], _class(ground[:12]))


def learn(grounds: set[str]) -> None:
    """Read the classes of many villages and grids at once, so that ``urban`` asks for none of them."""
    _refresh()
    missing = grounds - _classes.keys()
    grids = {code for code in missing if len(code) == 15}
    found = dict.fromkeys(missing, "")
    for rows, codes in ((Division.objects, missing - grids), (Grid.objects, grids)):
        if codes:
            found |= {
                code: known or ""
                for code, known in rows.filter(pk__in=codes).values_list("pk", "urban_class")
            }
    _classes.update(found)


def _class(ground: str) -> str:
    known = _classes.get(ground)
    if known is None:
        rows = Grid.objects if len(ground) == 15 else Division.objects
        known = rows.filter(pk=ground).values_list("urban_class", flat=True).first() or ""
        _classes[ground] = known
    return known


def urban_by(village: str, urban_class: str) -> bool:
    """The statistical class decides (1xx urban, 2xx rural); without one, the village's own code."""
    return urban_class.startswith("1") if urban_class else village_is_urban(village)


def in_force(codes: Iterable[str], on: date) -> set[str]:
    """Those of the codes of divisions and grids that are in force on a day."""
    _refresh()
    wanted = set(codes)
    missing = wanted - _spans.keys()
    if missing:
        _spans.update(dict.fromkeys(missing) | _read_spans(missing))
    return {code for code in wanted if (span := _spans.get(code)) is not None and _holds(span, on)}


def _read_spans(codes: set[str]) -> dict[str, Span | None]:
    grids = {code for code in codes if len(code) == 15}
    rows = list(Division.objects.filter(pk__in=codes - grids).values_list("pk", "valid_from", "valid_to"))
    if grids:
        rows += Grid.objects.filter(pk__in=grids).values_list("pk", "valid_from", "valid_to")
    return {code: (since, until) for code, since, until in rows}


def _holds(span: Span, on: date) -> bool:
    since, until = span
    return (since is None or since <= on) and (until is None or on < until)


def forget() -> None:
    global _since
    with _lock:
        _names.clear()
        _classes.clear()
        _spans.clear()
        _since = monotonic()


def _refresh() -> None:
    if monotonic() - _since > _KEEP or max(len(_names), len(_spans), len(_classes)) > _MOST:
        forget()
