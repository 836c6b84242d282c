"""What a search came to, as plain values that can be kept, and back."""

from collections.abc import Mapping
from typing import Any

from gantang.patrol.rules.plan import Breach, Duty, Rule
from gantang.patrol.types import Solved


def packed(found: Solved) -> dict[str, Any]:
    """As plain values."""
    return {
        "state": found.state,
        "duties": [[one.day, one.place, one.kind, one.post] for one in found.duties],
        "cost": found.cost,
        "bound": found.bound,
        "gaps": [[*_rule(one.rule), one.have, one.need] for one in found.gaps],
        "fewest": found.fewest,
        "conflict": [_rule(one) for one in found.conflict],
        "minimal": found.minimal,
    }


def unpacked(kept: Mapping[str, Any]) -> Solved:
    """The same back."""
    gaps = tuple(Breach(Rule(*one[:5]), one[1], 0, *one[5:]) for one in kept["gaps"])
    return Solved(
        kept["state"],
        tuple(Duty(*one) for one in kept["duties"]),
        kept["cost"],
        kept["bound"],
        gaps,
        kept["fewest"],
        tuple(Rule(*one) for one in kept["conflict"]),
        kept["minimal"],
    )


def _rule(one: Rule) -> list[Any]:
    return [one.rule, one.day, one.place, one.kind, one.what]
