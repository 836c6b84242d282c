"""What tallies hands across."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

#: What is counted of a campaign, beside its id; of nothing else.
CAMPAIGN_MEASURES = ("opened", "reported", "zero", "found")
#: What the stock of open matters follows from, on every ground.
STOCK = ("in", "out", "reopened", "transferred")
#: No number of anything below this is published (the field's practice for open figures).
SMALL = 10


@dataclass(frozen=True, slots=True)
class Delta:
    """A change of one count. ``grid_then`` is where the matter began, ``grid_now`` where that ground lies
    today.

    Both are ground codes of 2 to 15 digits; one may be empty: then it counts on the other alone. ``scope`` is
    the matter's: where it begins with ``~`` (sealed packs), the count stands under that scope alone and under
    no ground. ``urban`` is ``urban``, ``rural`` or empty. ``campaign`` is a campaign's id for what it counts
    (opened, reported, zero, found), else 0.
    """

    day: date
    scope: str
    grid_then: str
    grid_now: str
    klass: str
    procedure: str
    unit: int
    channel: str
    urban: str
    cause: str
    measure: str
    n: int
    campaign: int = 0


class Key(NamedTuple):
    """What a folded count is of. ``basis``: ``b`` counts on both grounds, ``t`` as then only, ``n`` as now
    only."""

    ground: str
    basis: str
    day: date
    klass: str
    procedure: str
    unit: int
    channel: str
    urban: str
    cause: str
    measure: str
    campaign: int = 0


class MarginKey(NamedTuple):
    """What a margin is of: a ground's counts by a value of one dimension, over ``span`` days from a day."""

    ground: str
    basis: str
    day: date
    span: int
    dimension: str
    value: str
    measure: str


Rows = Mapping[Key, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept count that is not what the ledger says, or a margin that is not what they add up to; 0 where one
    of them is missing."""

    key: Key | MarginKey
    kept: int
    rebuilt: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between kept and rebuilt counts; ``more`` are those that are not listed."""

    differences: tuple[Difference, ...]
    more: int = 0


def stock(counts: Mapping[str, int]) -> int:
    """How many are open: what came in and was reopened, less what went out or was handed over."""
    came = counts.get("in", 0) + counts.get("reopened", 0)
    return came - counts.get("out", 0) - counts.get("transferred", 0)
