"""The monthly form of mediation, from the counts that are kept: no matter is read, none is counted twice."""

from collections.abc import Mapping
from datetime import date

from gantang.kit.actor import Actor, covers_class, covers_ground
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.queries.balances import split_by
from gantang.matters.rules import monthly as rules
from gantang.matters.types import Monthly, MonthlyLine
from gantang.posts.types import WIDE
from gantang.tallies import queries as tallies

PROCEDURE = CLASS = "dispute"


def monthly(actor: Actor, *, ground: str, month: date, urban: str = "") -> Monthly:
    """The form of a ground for the month of a day, by class, with the month before and a year before;
    ``urban`` (urban, rural, none) splits it.

    Only who sees every dispute of the ground gets it. Errors: ForbiddenError.
    """
    if not may_count(actor, ground):
        raise ForbiddenError
    spans = rules.periods(month)
    with reading(actor):
        counted = [_counts(ground, since, until, urban) for since, until in spans]
    lines = [
        MonthlyLine(klass, *(rules.figures(some.get(klass, {})) for some in counted))
        for klass in sorted({klass for some in counted for klass in some})
    ]
    total = MonthlyLine(CLASS, *(rules.added(getattr(one, name) for one in lines) for name in PERIODS))
    return Monthly(ground, spans[0][0], tuple(lines), total)


PERIODS = ("now", "before", "year_before")


def may_count(actor: Actor, ground: str) -> bool:
    """Whether a line of sight holds every dispute of a ground."""
    return any(
        one.duty in WIDE and covers_class(one.klass, CLASS) and covers_ground(one.ground, ground)
        for one in actor.sight
    )


def _counts(ground: str, since: date, until: date, urban: str) -> dict[str, Mapping[str, int]]:
    """The counts of each class of dispute; deeper classes stand with the one below ``dispute``."""
    found: dict[str, dict[str, int]] = {}
    table = tallies.table(
        "klass",
        rules.MEASURES,
        ground=ground,
        filters={"procedure": PROCEDURE, **split_by(urban)},
        since=since,
        until=until,
    )
    for klass, counts in table.items():
        into = found.setdefault(".".join(str(klass).split(".")[:2]), {})
        for measure, n in counts.items():
            into[measure] = into.get(measure, 0) + n
    return dict(found)
