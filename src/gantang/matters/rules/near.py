"""Which open matters a stranger may be shown as "perhaps the same", and how alike two texts are. Pure."""

import re
from collections.abc import Iterable
from operator import add

_BETWEEN = re.compile(r"[\W_]+")
#: Classes of matters about a thing in the street that everybody sees anyway. All else is nobody's business:
#: disputes, homes, pay, health, tips, whatever has people in it.
OPEN = (
    "facility",
    "city.waste",
    "city.street_cleaning",
    "city.graffiti",
    "traffic.signal",
    "transport.rural_road",
    "water.supply",
    "water.sewage",
    "water.flood",
    "power.outage",
    "power.line",
    "safety.geology",
)
#: Matters that somebody of the staff has read and classed, and that are not answered yet.
STATUSES = ("routed", "handling")
#: As much of a gist as is shown.
SHOWN = 40
#: A report that shares so many pairs of characters with a gist is much like it (Dice's measure, 0 to 1).
ALIKE = 0.25


def is_open(class_code: str) -> bool:
    """Whether matters of this class may be offered."""
    return any(class_code == one or class_code.startswith(f"{one}.") for one in OPEN)


def alike(one: str, other: str) -> float:
    """How many pairs of neighbouring characters two texts share, 0 to 1 (Dice)."""
    return _shared(_pairs(one), _pairs(other))


def _shared(first: set[str], second: set[str]) -> float:
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(text: str) -> set[str]:
    plain = _BETWEEN.sub("", text)
    return set(map(add, plain, plain[1:]))


def shortened(gist: str) -> str:
    """The beginning of a gist."""
    return gist if len(gist) <= SHOWN else gist[: SHOWN - 1] + "…"


def best(words: str, found: Iterable[tuple[str, str]], *, most: int) -> list[str]:
    """The ids of what is much alike, the likest first; ``found`` are (id, gist)."""
    pairs = _pairs(words)
    ranked = sorted(((_shared(pairs, _pairs(gist)), id_) for id_, gist in found), reverse=True)
    return [id_ for measure, id_ in ranked if measure >= ALIKE][:most]
