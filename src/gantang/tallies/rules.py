"""Measures, the fold in its pure form, and the comparison of what is kept with what is rebuilt."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any

from gantang.tallies.types import CAMPAIGN_MEASURES, Delta, Difference, Key, Rows

LEVELS = (2, 4, 6, 9, 12, 15)
BOTH, THEN, NOW = "b", "t", "n"

# Sums (days, rating, fen) stand beside the number they are divided by (closed, rated).
_FLOW = ("in", "accepted", "out", "closed", "on_time", "late", "late_closed", "days", "hours")
_TURNS = ("refused", "returned", "reopened", "disputed", "extended", "paused", "supervised", "escalated")
_PATHS = ("transferred", "merged", "withdrawn", "asked", "answered")
_VIEWS = ("rated", "rating", "satisfied", "dissatisfied", "fen")
BASE_MEASURES = frozenset((*_FLOW, *_TURNS, *_PATHS, *_VIEWS, *CAMPAIGN_MEASURES))
_FAMILIES = re.compile(r"(end|late|supervised|refused|answer\.[a-z][a-z0-9_]{0,23})\.[a-z][a-z0-9_]{0,47}")
_LONGEST = 60
_registered: set[str] = set()


def register_measures(names: Iterable[str]) -> None:
    """Make the further measures known that packs name under ``counts``."""
    _registered.update(names)


def measures() -> frozenset[str]:
    """Every measure by name; families (``end.<outcome>``, ``answer.<field>.<code>`` …) come on top."""
    return BASE_MEASURES | _registered


def is_measure(name: str) -> bool:
    """Whether a count of that name may be kept."""
    return name in BASE_MEASURES or name in _registered or _is_of_family(name)


@lru_cache(maxsize=4096)
def _is_of_family(name: str) -> bool:
    return len(name) <= _LONGEST and _FAMILIES.fullmatch(name) is not None


_DIMENSIONS = attrgetter(*(name for name in Delta.__slots__ if name != "n"))
_GROUND = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3}(\d{3})?)?)?)?)?")


def faults(delta: Delta) -> list[str]:
    """Which fields of a delta have not the form they must have; none if it is sound."""
    sealed = delta.scope.startswith("~")
    checks = {
        "grid_then": sealed or _is_ground(delta.grid_then, delta.grid_now),
        "grid_now": sealed or _is_ground(delta.grid_now, delta.grid_then),
        "urban": delta.urban in ("", "urban", "rural"),
        "measure": is_measure(delta.measure),
        "campaign": not delta.campaign or (delta.measure in CAMPAIGN_MEASURES and not sealed),
    }
    return [name for name, is_sound in checks.items() if not is_sound]


def _is_ground(one: str, other: str) -> bool:
    """A ground's code, or nothing where the other one says where it counts."""
    return _is_code(one) or (not one and bool(other))


@lru_cache(maxsize=4096)
def _is_code(ground: str) -> bool:
    return _GROUND.fullmatch(ground) is not None


def merge(deltas: Iterable[Delta]) -> list[Delta]:
    """Equal deltas added up, those that come to nothing left out; the order of first sight stays."""
    sums: Counter[tuple[Any, ...]] = Counter()
    for delta in deltas:
        sums[_DIMENSIONS(delta)] += delta.n
    return [Delta(*(*dimensions[:-1], n, dimensions[-1])) for dimensions, n in sums.items() if n]


def fold(deltas: Iterable[Delta]) -> dict[Key, int]:
    """The normal form: every count at every level it stands at, zeros left out."""
    sums: Counter[Key] = Counter()
    for delta in deltas:
        for ground, basis in _standings(delta):
            sums[_key(ground, basis, delta)] += delta.n
    return {key: n for key, n in sums.items() if n}


def _standings(delta: Delta) -> Iterator[tuple[str, str]]:
    if delta.scope.startswith("~"):
        yield delta.scope, BOTH
        return
    for length in LEVELS:
        then, now = delta.grid_then[:length], delta.grid_now[:length]
        if then == now and len(then) == length:
            yield then, BOTH
            continue
        if len(then) == length:
            yield then, THEN
        if len(now) == length:
            yield now, NOW


def _key(ground: str, basis: str, delta: Delta) -> Key:
    return Key(
        ground,
        basis,
        delta.day,
        delta.klass,
        delta.procedure,
        delta.unit,
        delta.channel,
        delta.urban,
        delta.cause,
        delta.measure,
        delta.campaign,
    )


def compare(kept: Rows, rebuilt: Rows) -> list[Difference]:
    """Every key whose count differs, in order."""
    return [
        Difference(key, kept.get(key, 0), rebuilt.get(key, 0))
        for key in sorted({*kept, *rebuilt})
        if kept.get(key, 0) != rebuilt.get(key, 0)
    ]
