"""Recurring causes by place, from the counts that are kept: no matter is read, four statements everywhere."""

from datetime import date, timedelta
from functools import partial

from gantang.catalogue import queries as catalogue
from gantang.kit.actor import ANY_CLASS, Actor
from gantang.kit.errors import ForbiddenError
from gantang.kit.work import reading
from gantang.matters.queries.balances import split_by, whole_classes
from gantang.matters.rules import causes as rules
from gantang.matters.types import Causes
from gantang.tallies import queries as tallies

#: How many causes of a class are named as the usual ones, from how many matters on, within how many days.
NAMED, ENOUGH, YEAR = 3, 5, 365
#: From how many on a cause of a place comes back: an editable default of ours.
LEAST = "causes.recurring"
is_asked_with, may_tell = rules.is_asked_with, rules.may_tell


def causes(actor: Actor, *, ground: str, since: date, until: date, urban: str = "") -> Causes:
    """What was closed in a period by the grounds next below and by cause, beside the period before.

    Only of classes of which the actor sees every matter of the ground. Errors: ForbiddenError where there is
    none.
    """
    classes = whole_classes(actor, ground)
    if not classes:
        raise ForbiddenError
    filters = ({} if ANY_CLASS in classes else {"klass": classes}) | split_by(urban)
    before = since - (until - since) - timedelta(days=1)
    with reading(actor):
        counted = partial(_counted, ground, filters)
        found = rules.counts(counted(since, until), counted(before, since - timedelta(days=1)))
    least = _least()
    again = tuple(one for one in found if least and one.n >= least and one.cause not in rules.NO_GROUND)
    return Causes(ground, since, until, before, urban, found, least, again)


def _counted(ground: str, filters: tallies.Filters, since: date, until: date) -> dict[tuple[str, str], int]:
    below = tallies.cross(
        "ground", "cause", "closed", ground=ground, filters=filters, since=since, until=until
    )
    whole = tallies.by("cause", "closed", ground=ground, filters=filters, since=since, until=until)
    return rules.own(whole, below, ground)


def _least() -> int | None:
    slot = catalogue.slot(LEAST)
    return slot.value if slot is not None and isinstance(slot.value, int) else None


def usual_causes(actor: Actor, *, klass: str, ground: str, today: date) -> tuple[str, ...]:
    """What matters of a class most often came from in the county of a ground, within a year; none of few."""
    if not klass or not ground.isdigit():
        return ()
    with reading(actor):
        found = tallies.by(
            "cause", "closed", ground=ground[:6], filters={"klass": klass}, since=today - timedelta(days=YEAR)
        )
    known = {cause: n for cause, n in found.items() if cause not in rules.NO_GROUND and n >= ENOUGH}
    return tuple(sorted(known, key=lambda cause: (-known[cause], cause))[:NAMED])
