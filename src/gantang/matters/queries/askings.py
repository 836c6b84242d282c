"""The register of what people asked about their own data, on the grounds where the actor answers them."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q

from gantang.catalogue import queries as catalogue
from gantang.engine import Span, deadline
from gantang.kit import clock, scope
from gantang.kit.actor import Actor
from gantang.kit.page import Page, keyset
from gantang.kit.work import reading
from gantang.matters.models import Asking
from gantang.matters.queries.subject import PRIVACY
from gantang.matters.types import AskingView

if TYPE_CHECKING:
    from gantang.catalogue.types import Slot

#: The term in which people are answered: a slot of the catalogue, empty until somebody fills it in.
TERM = "subjects.answer_within"
PAGE = 50


def askings(
    actor: Actor, *, over: bool = False, cursor: str | None = None, size: int = PAGE
) -> Page[AskingView]:
    """One page of those that wait, the oldest first, or of those that are ``over``, the newest first."""
    found, order = Q(pk__in=[]), ("-id",) if over else ("received_on", "id")
    for one in actor.sight:
        if one.duty == PRIVACY:
            low, high = scope.bounds(one.ground)
            found |= Q(scope__gte=low, scope__lt=high)
    with reading(actor):
        rows = Asking.objects.filter(found, answered_at__isnull=not over)
        page = keyset(rows, order=order, cursor=cursor, size=size)
    return Page([_view(row) for row in page.items], page.next)


def asking_term(on: date) -> "Slot | None":
    """The slot of the term as it stands on a day."""
    return catalogue.slot(TERM, on=on)


def _view(row: Asking) -> AskingView:
    return AskingView(
        row.pk,
        row.unit,
        row.kind,
        row.way,
        row.matter_number,
        row.received_on,
        row.received_post,
        row.state,
        row.post,
        row.because,
        row.answered_at,
        _due(row),
    )


def _due(row: Asking) -> datetime | None:
    """By the term of the day on which it came in, counted on the unit's own calendar."""
    slot = asking_term(row.received_on)
    if slot is None or not slot.value:
        return None
    start = datetime.combine(row.received_on, time.min, clock.ZONE)
    return deadline(start, Span.parse(str(slot.value)), catalogue.calendar_for(row.scope)).due
