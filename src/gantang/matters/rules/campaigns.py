"""What a step counts of a campaign: how many matters it opened, how many were reported, how many of those
said that there was nothing, and how many different things were found. One that goes into another, because two
grids became one, is taken back: the ground is asked once, and nobody reported by it.

A found thing that turns out to be one that was known already is taken back, so that nothing counts twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gantang.engine import Case, Procedure
from gantang.engine.model import CLOCK
from gantang.matters.rules.derive import unit_of
from gantang.matters.rules.measures import Entry

#: The end of a matter that went into another one.
MERGED = "merged"


def counted(
    procedure: Procedure, before: Case | None, after: Case, name: str, data: Mapping[str, Any]
) -> Iterator[Entry]:
    """The entries of one step of a matter that belongs to a campaign."""
    day, unit = after.changed_at.date(), unit_of(after)
    if procedure.campaign is None:
        if name == "moved" and _was_known(after, data):
            yield day, "found", unit, -1
        return
    if name == "opened":
        yield day, "opened", unit, 1
    elif name == "moved" and before is not None:
        yield from ((day, measure, unit, n) for measure, n in _moved(procedure, before, after, data))


def _was_known(after: Case, data: Mapping[str, Any]) -> bool:
    """Whether a found thing ended as a part of another matter."""
    return bool(data.get("ended")) and (bool(data.get("link")) or after.outcome == MERGED)


def _moved(
    procedure: Procedure, before: Case, after: Case, data: Mapping[str, Any]
) -> Iterator[tuple[str, int]]:
    if data.get("opens"):
        yield "found", len(data["opens"])
    for case, n in ((before, -1), (after, 1)):
        if before.is_closed != after.is_closed and case.is_closed:
            yield from ((measure, n * sign) for measure, sign in _ended(procedure, case.outcome))


def _ended(procedure: Procedure, outcome: str | None) -> Iterator[tuple[str, int]]:
    if outcome == MERGED:
        yield "opened", -1
    else:
        yield from ((measure, 1) for measure in reported(procedure, outcome))


def reported(procedure: Procedure, outcome: str | None) -> Iterator[str]:
    """The measures that an outcome of a campaign's procedure stands for; none where nobody reported."""
    campaign = procedure.campaign
    if campaign is None or outcome in silent(procedure):
        return
    yield "reported"
    if outcome in campaign.zero:
        yield "zero"


def silent(procedure: Procedure) -> frozenset[str]:
    """Outcomes that only the clock gives, out of the first state: nobody ever reported."""
    given = {
        (outcome, move.by == (CLOCK,) and move.sources == (procedure.initial,))
        for move in procedure.moves.values()
        for outcome in move.outcomes
    }
    return frozenset(outcome for outcome, by_clock in given if by_clock and (outcome, False) not in given)
