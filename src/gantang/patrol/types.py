"""What the room hands out and takes in: frozen values, never models."""

from dataclasses import dataclass

from gantang.patrol.rules.plan import (
    Breach,
    Duty,
    Kind,
    Need,
    Officer,
    Plan,
    Rule,
    Rules,
    Weights,
    Wish,
)
from gantang.patrol.rules.sizing import Limits

__all__ = [
    "Breach",
    "Duty",
    "Kind",
    "Limits",
    "Need",
    "Officer",
    "Plan",
    "Rule",
    "Rules",
    "Solved",
    "Weights",
    "Wish",
]


@dataclass(frozen=True, slots=True)
class Solved:
    """What became of a search. ``state``: optimal, found (perhaps not the cheapest), none (none fits) or
    unknown (the limit came first). ``gaps``: the fewest that are missing, provably so if ``fewest``.
    ``conflict``: rules that cannot hold together, none of them to spare if ``minimal``."""

    state: str
    duties: tuple[Duty, ...] = ()
    cost: int = 0
    bound: int = 0
    gaps: tuple[Breach, ...] = ()
    fewest: bool = False
    conflict: tuple[Rule, ...] = ()
    minimal: bool = False
