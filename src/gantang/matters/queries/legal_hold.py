"""Legal holds as they stand: on one matter, and on those past their term."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from gantang.kit import scope
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.types import StepView
from gantang.matters.models import Matter
from gantang.matters.queries.detail import steps_of
from gantang.matters.queries.finding import seen
from gantang.matters.queries.retention import is_past
from gantang.matters.queries.standing import ALL
from gantang.matters.types import HeldBack, LegalHold

#: Whose duty it is to place and to lift one.
MAY = frozenset({"leader", "supervisor"})


def legal_hold(actor: Actor, matter: UUID) -> tuple[LegalHold | None, bool]:
    """The hold on a matter, and whether the actor may place or lift one. Errors: MatterNotFoundError."""
    with reading(actor, ids=[matter]):
        row, duties = seen(actor, matter)
        held = standing(steps_of(row)) if row.legal_hold_until is not None else None
    return held, bool(duties & MAY) and row.erased_at is None


def held_back(now: datetime) -> Iterator[HeldBack]:
    """The matters past their term that are not erased because of a hold, each with why."""
    with reading(SYSTEM):
        scope.enter(ranges=ALL)
        rows = list(Matter.objects.filter(legal_hold_until__isnull=False, erased_at=None).order_by("id"))
    for row in rows:
        if is_past(row, now):
            with reading(SYSTEM, ids=[row.id]):
                held = standing(ledger.steps(row.city, row.id))
            if held is not None:
                yield HeldBack(row.number, held)


def placed(steps: Iterable[StepView]) -> StepView | None:
    """The step that placed the hold that stands, if one does."""
    found = None
    for step in steps:
        if step.name == "legal_hold_placed":
            found = step
        elif step.name in ("legal_hold_lifted", "handed_over"):
            found = None
    return found


def standing(steps: Iterable[StepView]) -> LegalHold | None:
    """The hold that a matter's story leaves standing."""
    step = placed(steps)
    if step is None:
        return None
    return LegalHold(step.data["reason"], step.happened_at, date.fromisoformat(step.data["review_on"]))
