"""What was removed for good, what waits for a second person's word, and what is kept past its term."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gantang.kit import scope
from gantang.kit.actor import SYSTEM, Actor, is_apart
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.ledger.types import StepView
from gantang.matters.models import Matter
from gantang.matters.queries.sight import shared_with, where
from gantang.matters.queries.standing import ALL
from gantang.matters.types import HoldView, RemovedView

#: So many steps are looked through, and so many holds shown.
LOOKED, SHOWN = 500, 100


def removed(
    actor: Actor, ground: str, *, cities: Sequence[int], since: datetime, now: datetime
) -> list[RemovedView]:
    """The newest first: of matters in sight with their number; for whoever administers ``ground``, of its
    other matters without. What lies apart is told to whoever sees it alone."""
    from gantang.matters.service.removing import WAITS

    told = ledger.removed(cities, since=since, most=LOOKED)
    numbers, grounds = _known(actor, {stream for stream, _step in told})
    own = ground if actor.admin else None
    shown = [
        (stream, step)
        for stream, step in told
        if stream in numbers or (own is not None and _on(own, grounds.get(stream, "~")))
    ]
    answered: set[UUID] = set()
    found = []
    for stream, step in shown:
        is_asked = step.name == "removal_asked"
        if not is_asked:
            answered.add(stream)
        if not is_asked or (stream not in answered and now - step.happened_at <= WAITS):
            found.append(_view(step, numbers.get(stream, ""), is_asked))
    return found


def holds(actor: Actor) -> list[HoldView]:
    """Matters in the actor's sight that a legal hold keeps, those to be looked at first on top."""
    shared = shared_with(actor)
    with reading(actor, ids=shared):
        rows = Matter.objects.filter(where(actor, shared), legal_hold_until__isnull=False, erased_at=None)
        rows = rows.order_by("legal_hold_until", "id")[:SHOWN]
        return [HoldView(row.number, row.gist, row.legal_hold_until) for row in rows if row.legal_hold_until]


def _on(own: str, ground: str) -> bool:
    return not is_apart(ground) and ground.startswith(own)


def _view(step: StepView, number: str, is_asked: bool) -> RemovedView:
    is_file = step.name == "file_removed" or bool(step.data.get("file"))
    because = "secret" if is_asked else str(step.data.get("because", ""))
    return RemovedView(step.happened_at, number, because, is_file, is_asked)


def _known(actor: Actor, ids: set[UUID]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """The numbers of those in sight, and the ground of all."""
    shared = [one for one in shared_with(actor) if one in ids]
    with reading(actor, ids=shared):
        rows = Matter.objects.filter(where(actor, shared), id__in=ids)
        numbers = dict(rows.values_list("id", "number"))
    with reading(SYSTEM, ids=list(ids)):
        scope.enter(ranges=ALL, ids=list(ids))
        return numbers, dict(Matter.objects.filter(id__in=ids).values_list("id", "scope"))
